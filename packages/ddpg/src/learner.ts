import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { Random } from '@rl-recsys/random';
import { Adam } from './adam.js';
import { packTensors, unpackTensors } from './checkpoint.js';
import { clipByGlobalNorm } from './clip-by-global-norm.js';
import { actionPenalty, policyLoss, tdTarget, weightedSquaredError } from './losses.js';
import { copyWeights, softUpdate } from './soft-update.js';

/** The networks of a learner. */
export interface DdpgNetworks {
  /** Observation (one tensor or several) in, state out; without it the observation is the state. */
  readonly encoder?: LayersModel;
  /** State in, action out. */
  readonly actor: LayersModel;
  /** State and action in, Q `[batch, 1]` out: one critic, or the two of TD3. */
  readonly critics: readonly LayersModel[];
}

/** Whose loss trains the encoder. */
export type EncoderSignal = 'actor' | 'critic' | 'both';

export interface DdpgOptions {
  /** Learning rate of the actor (default 1e-4; Lillicrap et al. 2015, section 7). */
  readonly actorLearningRate?: number;
  /** Learning rate of the critic (default 1e-3; the same section). */
  readonly criticLearningRate?: number;
  /** How far the targets move at each update (default 0.001; the same section). */
  readonly tau?: number;
  /** Whose loss trains the encoder (default 'actor', as DRR does; Liu et al. 2018, Algorithm 1). */
  readonly encoderSignal?: EncoderSignal;
  /** Updates of the critics for each one of actor and targets (default 1; TD3: 2). */
  readonly policyDelay?: number;
  /** Smooths the target policy by noise (default: none, as in DDPG). */
  readonly targetSmoothing?: TargetSmoothing;
  /** Gradients longer than this, all of a loss's together, are shortened to it (default: none is). */
  readonly maxGradientNorm?: number;
  /**
   * λ of a penalty λ · mean(a²) on the actor's actions, which keeps tanh from saturating (default 0;
   * Andrychowicz et al. 2017, arXiv 1707.01495, appendix A).
   */
  readonly actionPenalty?: number;
}

/** Noise on the target policy's actions (Fujimoto et al. 2018, arXiv 1802.09477, section 5.3). */
export interface TargetSmoothing {
  /** Standard deviation, of actions in (−1, 1) (TD3: 0.2). */
  readonly deviation: number;
  /** Where the noise is clipped (TD3: 0.5). */
  readonly clip: number;
  readonly random: Random;
}

/** Transitions as tensors; the caller disposes them. */
export interface DdpgBatch {
  /** What the encoder takes, or `[batch, stateSize]` alone where there is none. */
  readonly observation: readonly tf.Tensor[];
  /** `[batch, actionSize]` */
  readonly action: tf.Tensor2D;
  /** `[batch]` */
  readonly reward: tf.Tensor1D;
  /** `[batch]`: 0 where the task terminated, γ (or γᵐ over m steps) elsewhere. */
  readonly discount: tf.Tensor1D;
  readonly nextObservation: readonly tf.Tensor[];
  /** `[batch]`: importance weights; 1 for uniform replay. */
  readonly weight: tf.Tensor1D;
}

/** What one update tells; a type and not an interface, so that `tf.tidy` may return it. */
export type DdpgLearnResult = {
  /** Importance-weighted mean squared TD error, before the update. */
  readonly criticLoss: number;
  /** −mean Q(s, π(s)), after the critics' update and before the actor's; undefined where it was not its turn. */
  readonly actorLoss: number | undefined;
  /** float32 `[batch]`: y − Q(s, a) of each transition by the first critic, for prioritized replay. */
  readonly tdErrors: Float32Array;
};

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

  /** The TD errors of a batch `[batch]`, without learning from it; the caller disposes them. */
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
