import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { Random } from '@rl-recsys/random';
import { Adam } from './adam.js';
import { packTensors, unpackTensors } from './checkpoint.js';
import { clipByGlobalNorm } from './clip-by-global-norm.js';
import type { DdpgBatch, DdpgLearnResult } from './learner-batch.js';
import type { DdpgOptions, EncoderSignal, TargetSmoothing } from './learner-options.js';
import type { DdpgNetworks } from './networks.js';
import { actionPenalty, policyLoss, tdTarget, weightedSquaredError } from './losses.js';
import { copyWeights, softUpdate } from './soft-update.js';

/**
 * What learns in a deep deterministic policy gradient agent: the online networks and their slowly
 * following targets. Batches, exploration and storage are the caller's.
 *
 * With two critics, a policy delay of 2 and target smoothing it is TD3.
 *
 * See "Continuous control with deep reinforcement learning", Lillicrap et al. 2015, arXiv 1509.02971,
 * and "Addressing function approximation error in actor-critic methods", Fujimoto et al. 2018, arXiv
 * 1802.09477.
 */
export class DdpgLearner {
  readonly networks: DdpgNetworks;
  readonly targets: DdpgNetworks;
  private readonly tau: number;
  private readonly encoderSignal: EncoderSignal;
  private readonly policyDelay: number;
  private readonly maxGradientNorm: number;
  private readonly actionPenalty: number;
  private readonly smoothing: TargetSmoothing | undefined;
  private random: Random | undefined;
  private readonly variables: readonly tf.Variable[];
  private readonly targetVariables: readonly tf.Variable[];
  private readonly actorOptimizer: Adam;
  private readonly criticOptimizer: Adam;

  /**
   * @param createNetworks - called twice: the second result becomes the targets and gets the weights
   * of the first.
   * @throws RangeError where an option is out of range.
   */
  constructor(
    createNetworks: () => DdpgNetworks,
    {
      actorLearningRate = 1e-4,
      criticLearningRate = 1e-3,
      tau = 1e-3,
      encoderSignal = 'actor',
      policyDelay = 1,
      targetSmoothing,
      maxGradientNorm = Infinity,
      actionPenalty = 0,
    }: DdpgOptions = {},
  ) {
    assertPositive({ actorLearningRate, criticLearningRate, tau, policyDelay, maxGradientNorm });
    if (tau > 1) throw new RangeError(`tau: expected at most 1, got ${tau}`);
    this.networks = createNetworks();
    this.targets = createNetworks();
    this.tau = tau;
    this.encoderSignal = encoderSignal;
    this.policyDelay = policyDelay;
    this.smoothing = targetSmoothing;
    this.random = targetSmoothing?.random;
    this.maxGradientNorm = maxGradientNorm;
    this.actionPenalty = actionPenalty;
    const encoder = variablesOf(this.networks.encoder);
    const { actor, critics } = this.networks;
    this.actorOptimizer = new Adam([...variablesOf(actor), ...(encoderSignal === 'critic' ? [] : encoder)], {
      learningRate: actorLearningRate,
    });
    this.criticOptimizer = new Adam(
      [...critics.flatMap(variablesOf), ...(encoderSignal === 'actor' ? [] : encoder)],
      { learningRate: criticLearningRate },
    );
    this.variables = allVariables(this.networks);
    this.targetVariables = allVariables(this.targets);
    copyWeights(this.targetVariables, this.variables);
  }

  /** π(s) `[batch, actionSize]` for a batch of observations, without noise; the caller disposes it. */
  act(observation: readonly tf.Tensor[]): tf.Tensor2D {
    return tf.tidy(() => policyAction(this.networks, encode(this.networks, observation)));
  }

  /**
   * One update of the critics and, where it is their turn, of actor and targets; it leaves no tensor
   * behind.
   */
  learn(batch: DdpgBatch): DdpgLearnResult {
    const results = tf.tidy(() => {
      const { criticLoss, tdError } = this.updateCritics(batch);
      const isActorsTurn = this.criticOptimizer.step % this.policyDelay === 0;
      const actorLoss = isActorsTurn ? this.updateActor(batch.observation) : undefined;
      return { criticLoss, actorLoss, tdError };
    });
    if (results.actorLoss) softUpdate(this.targetVariables, this.variables, this.tau);
    const learned = {
      criticLoss: results.criticLoss.dataSync()[0]!,
      actorLoss: results.actorLoss?.dataSync()[0],
      tdErrors: results.tdError.dataSync<'float32'>().slice(),
    };
    tf.dispose(results);
    return learned;
  }

  /**
   * The TD errors of a batch `[batch]`, without learning from it; the caller disposes them. Target
   * smoothing draws its noise here too.
   */
  tdError(batch: DdpgBatch): tf.Tensor1D {
    return tf.tidy(() => {
      const state = encode(this.networks, batch.observation);
      const [critic] = this.networks.critics;
      return tf.sub(this.tdTarget(batch), actionValue(critic!, state, batch.action));
    });
  }

  /** Everything that learning changes, in one array of bytes: networks, targets, optimizers, noise. */
  save(): Uint8Array {
    return packTensors(this.learnedVariables(), {
      actorSteps: this.actorOptimizer.step,
      criticSteps: this.criticOptimizer.step,
      random: this.random?.state() ?? null,
    });
  }

  /**
   * Goes on where {@link DdpgLearner.save} stood, bit for bit.
   *
   * @throws Error where `bytes` is damaged or comes from a learner of other shapes; nothing has changed then.
   */
  restore(bytes: Uint8Array): void {
    const progress = unpackTensors(bytes, this.learnedVariables());
    this.actorOptimizer.step = progress.actorSteps;
    this.criticOptimizer.step = progress.criticSteps;
    if (progress.random) this.random = Random.restore(progress.random);
  }

  /** Frees all variables. */
  dispose(): void {
    this.actorOptimizer.dispose();
    this.criticOptimizer.dispose();
    for (const { encoder, actor, critics } of [this.networks, this.targets]) {
      for (const network of [encoder, actor, ...critics]) network?.dispose();
    }
  }

  /** y = r + discount · Q'(s', π'(s')), with the smaller Q' where there are two. */
  private tdTarget({ reward, discount, nextObservation }: DdpgBatch): tf.Tensor1D {
    const nextState = encode(this.targets, nextObservation);
    const nextAction = this.smoothed(policyAction(this.targets, nextState));
    const [first, ...others] = this.targets.critics.map((critic) =>
      actionValue(critic, nextState, nextAction),
    );
    const nextValue = others.reduce<tf.Tensor1D>((least, value) => tf.minimum(least, value), first!);
    return tdTarget(reward, discount, nextValue);
  }

  private smoothed(action: tf.Tensor2D): tf.Tensor2D {
    if (!this.smoothing) return action;
    const { deviation, clip } = this.smoothing;
    const noise = Float32Array.from({ length: action.size }, () =>
      Math.max(-clip, Math.min(clip, deviation * this.random!.normal())),
    );
    return tf.clipByValue(tf.add(action, tf.tensor2d(noise, action.shape)), -1, 1);
  }

  private updateCritics(batch: DdpgBatch): { criticLoss: tf.Scalar; tdError: tf.Tensor1D } {
    const target = this.tdTarget(batch);
    const { critics } = this.networks;
    const constantState =
      this.encoderSignal === 'actor' ? encode(this.networks, batch.observation) : undefined;
    let tdErrors: tf.Tensor1D[] = [];
    const { value, grads } = tf.variableGrads(() => {
      const state = constantState ?? encode(this.networks, batch.observation);
      tdErrors = critics.map((critic) => tf.keep(tf.sub(target, actionValue(critic, state, batch.action))));
      return tf.addN(tdErrors.map((tdError) => weightedSquaredError(tdError, batch.weight)));
    }, [...this.criticOptimizer.variables]);
    this.criticOptimizer.apply(clipByGlobalNorm(grads, this.maxGradientNorm));
    const [tdError, ...others] = tdErrors;
    tf.dispose(others);
    return { criticLoss: value, tdError: tdError! };
  }

  private updateActor(observation: readonly tf.Tensor[]): tf.Scalar {
    // The critic sees the state as a constant: the encoder learns from ∇_a Q alone (DRR, Algorithm 1),
    // and can't raise Q by moving the state under the critic.
    const constantState = encode(this.networks, observation);
    const [critic] = this.networks.critics;
    let loss: tf.Scalar | undefined;
    const { grads } = tf.variableGrads(() => {
      const state = this.encoderSignal === 'critic' ? constantState : encode(this.networks, observation);
      const action = policyAction(this.networks, state);
      loss = tf.keep(policyLoss(actionValue(critic!, constantState, action)));
      return this.actionPenalty === 0 ? loss : tf.add(loss, actionPenalty(action, this.actionPenalty));
    }, [...this.actorOptimizer.variables]);
    this.actorOptimizer.apply(clipByGlobalNorm(grads, this.maxGradientNorm));
    return loss!;
  }

  private learnedVariables(): tf.Variable[] {
    const moments = [this.actorOptimizer, this.criticOptimizer].flatMap((optimizer) =>
      optimizer.moments.flatMap(({ mean, square }) => [mean, square]),
    );
    return [...this.variables, ...this.targetVariables, ...moments];
  }
}

function encode({ encoder }: DdpgNetworks, observation: readonly tf.Tensor[]): tf.Tensor2D {
  if (!encoder) return observation[0] as tf.Tensor2D;
  const inputs = observation.length === 1 ? observation[0]! : [...observation];
  return encoder.apply(inputs) as tf.Tensor2D;
}

function policyAction({ actor }: DdpgNetworks, state: tf.Tensor2D): tf.Tensor2D {
  return actor.apply(state) as tf.Tensor2D;
}

function actionValue(critic: LayersModel, state: tf.Tensor2D, action: tf.Tensor2D): tf.Tensor1D {
  return tf.squeeze(critic.apply([state, action]) as tf.Tensor2D, [1]);
}

function variablesOf(network: LayersModel | undefined): tf.Variable[] {
  return network ? network.trainableWeights.map((weight) => weight.read() as tf.Variable) : [];
}

function allVariables({ encoder, actor, critics }: DdpgNetworks): tf.Variable[] {
  return [encoder, actor, ...critics].flatMap(variablesOf);
}

function assertPositive(options: Record<string, number>): void {
  for (const [name, value] of Object.entries(options)) {
    if (!(value > 0)) throw new RangeError(`${name}: expected a positive number, got ${value}`);
  }
}
