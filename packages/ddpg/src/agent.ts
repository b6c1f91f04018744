import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { Adam } from './adam.js';
import { packTensors, unpackTensors } from './checkpoint.js';
import { policyLoss, tdTarget, weightedSquaredError } from './losses.js';
import { copyWeights, softUpdate } from './soft-update.js';

/** The networks of an agent. */
export interface DdpgNetworks {
  /** Observation (one tensor or several) in, state out; without it the observation is the state. */
  readonly encoder?: LayersModel;
  /** State in, action out. */
  readonly actor: LayersModel;
  /** State and action in, Q `[batch, 1]` out. */
  readonly critic: LayersModel;
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
  /** −mean Q(s, π(s)), after the critic's update and before the actor's. */
  readonly actorLoss: number;
  /** float32 `[batch]`: y − Q(s, a) of each transition, for prioritized replay. */
  readonly tdErrors: Float32Array;
};

/**
 * A deep deterministic policy gradient agent.
 *
 * It holds the online networks and their slowly following targets, and learns from batches that the
 * caller samples. Exploration and storage are the caller's.
 *
 * See "Continuous control with deep reinforcement learning", Lillicrap et al. 2015, arXiv 1509.02971.
 */
export class DdpgAgent {
  readonly networks: DdpgNetworks;
  readonly targets: DdpgNetworks;
  private readonly tau: number;
  private readonly encoderSignal: EncoderSignal;
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
    }: DdpgOptions = {},
  ) {
    if (!(tau > 0 && tau <= 1)) throw new RangeError(`tau: expected above 0 and at most 1, got ${tau}`);
    this.networks = createNetworks();
    this.targets = createNetworks();
    this.tau = tau;
    this.encoderSignal = encoderSignal;
    const encoder = variablesOf(this.networks.encoder);
    const { actor, critic } = this.networks;
    this.actorOptimizer = new Adam([...variablesOf(actor), ...(encoderSignal === 'critic' ? [] : encoder)], {
      learningRate: actorLearningRate,
    });
    this.criticOptimizer = new Adam([...variablesOf(critic), ...(encoderSignal === 'actor' ? [] : encoder)], {
      learningRate: criticLearningRate,
    });
    this.variables = allVariables(this.networks);
    this.targetVariables = allVariables(this.targets);
    copyWeights(this.targetVariables, this.variables);
  }

  /** π(s) `[batch, actionSize]` for a batch of observations, without noise; the caller disposes it. */
  act(observation: readonly tf.Tensor[]): tf.Tensor2D {
    return tf.tidy(() => policyAction(this.networks, encode(this.networks, observation)));
  }

  /** One update of critic, actor and targets; it leaves no tensor behind. */
  learn(batch: DdpgBatch): DdpgLearnResult {
    const results = tf.tidy(() => {
      const { criticLoss, tdError } = this.updateCritic(batch);
      const actorLoss = this.updateActor(batch.observation);
      return { criticLoss, actorLoss, tdError };
    });
    softUpdate(this.targetVariables, this.variables, this.tau);
    const learned = {
      criticLoss: results.criticLoss.dataSync()[0]!,
      actorLoss: results.actorLoss.dataSync()[0]!,
      tdErrors: results.tdError.dataSync<'float32'>().slice(),
    };
    tf.dispose(results);
    return learned;
  }

  /** The TD errors of a batch `[batch]`, without learning from it; the caller disposes them. */
  tdError(batch: DdpgBatch): tf.Tensor1D {
    return tf.tidy(() => {
      const state = encode(this.networks, batch.observation);
      return tf.sub(this.tdTarget(batch), actionValue(this.networks, state, batch.action));
    });
  }

  /** Everything that learning changes, in one array of bytes: networks, targets and optimizers. */
  save(): Uint8Array {
    const { actorOptimizer, criticOptimizer } = this;
    return packTensors(this.learnedVariables(), { actor: actorOptimizer.step, critic: criticOptimizer.step });
  }

  /**
   * Goes on where {@link DdpgAgent.save} stood, bit for bit.
   *
   * @throws Error where `bytes` is damaged or comes from an agent of other shapes; nothing has changed then.
   */
  restore(bytes: Uint8Array): void {
    const steps = unpackTensors(bytes, this.learnedVariables());
    this.actorOptimizer.step = steps.actor;
    this.criticOptimizer.step = steps.critic;
  }

  /** Frees all variables. */
  dispose(): void {
    this.actorOptimizer.dispose();
    this.criticOptimizer.dispose();
    for (const { encoder, actor, critic } of [this.networks, this.targets]) {
      encoder?.dispose();
      actor.dispose();
      critic.dispose();
    }
  }

  /** y = r + discount · Q'(s', π'(s')). */
  private tdTarget({ reward, discount, nextObservation }: DdpgBatch): tf.Tensor1D {
    const nextState = encode(this.targets, nextObservation);
    const nextAction = policyAction(this.targets, nextState);
    return tdTarget(reward, discount, actionValue(this.targets, nextState, nextAction));
  }

  private updateCritic(batch: DdpgBatch): { criticLoss: tf.Scalar; tdError: tf.Tensor1D } {
    const target = this.tdTarget(batch);
    const constantState =
      this.encoderSignal === 'actor' ? encode(this.networks, batch.observation) : undefined;
    let tdError: tf.Tensor1D | undefined;
    const { value, grads } = tf.variableGrads(() => {
      const state = constantState ?? encode(this.networks, batch.observation);
      tdError = tf.keep(tf.sub(target, actionValue(this.networks, state, batch.action)));
      return weightedSquaredError(tdError, batch.weight);
    }, [...this.criticOptimizer.variables]);
    this.criticOptimizer.apply(grads);
    return { criticLoss: value, tdError: tdError! };
  }

  private updateActor(observation: readonly tf.Tensor[]): tf.Scalar {
    // The critic sees the state as a constant: the encoder learns from ∇_a Q alone (DRR, Algorithm 1),
    // and can't raise Q by moving the state under the critic.
    const constantState = encode(this.networks, observation);
    const { value, grads } = tf.variableGrads(() => {
      const state = this.encoderSignal === 'critic' ? constantState : encode(this.networks, observation);
      const action = policyAction(this.networks, state);
      return policyLoss(actionValue(this.networks, constantState, action));
    }, [...this.actorOptimizer.variables]);
    this.actorOptimizer.apply(grads);
    return value;
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

function actionValue({ critic }: DdpgNetworks, state: tf.Tensor2D, action: tf.Tensor2D): tf.Tensor1D {
  return tf.squeeze(critic.apply([state, action]) as tf.Tensor2D, [1]);
}

function variablesOf(network: LayersModel | undefined): tf.Variable[] {
  return network ? network.trainableWeights.map((weight) => weight.read() as tf.Variable) : [];
}

function allVariables({ encoder, actor, critic }: DdpgNetworks): tf.Variable[] {
  return [encoder, actor, critic].flatMap(variablesOf);
}
