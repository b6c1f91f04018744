import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  actionPenalty,
  Adam,
  assertBackend,
  assertNumbers,
  clipByGlobalNorm,
  copyWeights,
  integerFrom,
  Lifetime,
  NOT_NEGATIVE,
  policyLoss,
  POSITIVE,
  restoreVariables,
  savableVariables,
  savedVariables,
  SHARE_ABOVE_0,
  softUpdate,
  tdTarget,
  weightedSquaredError,
  type Weights,
} from '@rl-recsys/agent';
import {
  assertOptionNames,
  restoreTogether,
  type Random,
  type Savable,
  type SavedState,
} from '@rl-recsys/random';
import type { DdpgBatch, DdpgLearnResult } from './ddpg-batch.js';
import {
  DDPG_OPTION_NAMES,
  ENCODER_SIGNALS,
  type DdpgOptions,
  type LearnerSettings,
} from './ddpg-options.js';
import type { DdpgNetworks } from './networks.js';
import { functionsOf, type NetworkFunctions } from './network-functions.js';
import { TargetNoise } from './target-noise.js';

/**
 * What learns in a deep deterministic policy gradient agent: the online networks, their slowly
 * following targets, and their update from a batch of tensors. `DdpgLearner` makes such batches of what replay
 * stores; exploration and storage are the agent's.
 *
 * With two critics, a policy delay of 2 and target smoothing it is TD3.
 *
 * See "Continuous control with deep reinforcement learning", Lillicrap et al. 2015, arXiv 1509.02971,
 * and "Addressing function approximation error in actor-critic methods", Fujimoto et al. 2018, arXiv
 * 1802.09477.
 */
export class ActorCritic implements Savable {
  readonly networks: DdpgNetworks;
  readonly targets: DdpgNetworks;
  /** What was asked for, with the defaults filled in. */
  readonly options: LearnerSettings;
  /** The noise on the target policy's actions, where there is any. */
  readonly targetNoise: TargetNoise | undefined;
  /** All online variables that learn, and the targets' in the same order. */
  readonly variables: readonly tf.Variable[];
  readonly targetVariables: readonly tf.Variable[];
  /** What networks have beside: the weights of frozen layers, and what normalization has measured. */
  private readonly constants: readonly tf.Variable[];
  private readonly targetConstants: readonly tf.Variable[];
  readonly actorOptimizer: Adam;
  readonly criticOptimizer: Adam;
  private readonly encoderRandom: Random | undefined;
  private readonly online: NetworkFunctions;
  private readonly target: NetworkFunctions;
  private readonly lifetime = new Lifetime('an actor-critic');

  /**
   * @param createNetworks - called twice: the second result becomes the targets and gets the weights
   * of the first.
   * @throws RangeError where an option is out of range or unknown.
   */
  constructor(createNetworks: () => DdpgNetworks, options: DdpgOptions = {}) {
    assertOptionNames(options, DDPG_OPTION_NAMES);
    assertBackend();
    const { actorLearningRate = 1e-4, criticLearningRate = 1e-3, tau = 1e-3 } = options;
    const { encoderSignal = 'actor', encoderRandom, policyDelay = 1, targetSmoothing } = options;
    const { maxGradientNorm = Infinity, actionPenalty = 0 } = options;
    assertNumbers(POSITIVE, { actorLearningRate, criticLearningRate });
    assertNumbers(SHARE_ABOVE_0, { tau });
    assertNumbers(integerFrom(1), { policyDelay });
    assertNumbers(NOT_NEGATIVE, { actionPenalty });
    if (maxGradientNorm !== Infinity) assertNumbers(POSITIVE, { maxGradientNorm });
    if (!ENCODER_SIGNALS.includes(encoderSignal)) {
      const expected = ENCODER_SIGNALS.join(', ');
      throw new RangeError(`encoderSignal: expected one of ${expected}, got ${String(encoderSignal)}`);
    }
    this.targetNoise = targetSmoothing && new TargetNoise(targetSmoothing);
    this.networks = createNetworks();
    this.targets = createNetworks();
    this.online = functionsOf(this.networks);
    this.target = functionsOf(this.targets);
    this.encoderRandom = encoderRandom;
    this.options = { tau, encoderSignal, policyDelay, maxGradientNorm, actionPenalty };
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
    this.constants = allVariables(this.networks, constantsOf);
    this.targetConstants = allVariables(this.targets, constantsOf);
    copyWeights(this.targetVariables, this.variables);
    copyWeights(this.targetConstants, this.constants);
  }

  /** π(s) `[batch, actionSize]` for a batch of observations, without noise; the caller disposes it. */
  act(observation: readonly tf.Tensor[]): tf.Tensor2D {
    this.assertInUse('act');
    return tf.tidy(() => this.online.act(this.online.encode(observation)));
  }

  /**
   * One update of the critics and, where it is their turn, of actor and targets; it leaves no tensor
   * behind.
   */
  learn(batch: DdpgBatch): DdpgLearnResult {
    this.assertInUse('learn');
    const results = tf.tidy(() => {
      const { criticLoss, tdError, state } = this.updateCritics(batch);
      const isActorsTurn = this.criticOptimizer.step % this.options.policyDelay === 0;
      const actorLoss = isActorsTurn ? this.updateActor(batch.observation, state) : undefined;
      return { criticLoss, actorLoss, tdError };
    });
    if (results.actorLoss) {
      softUpdate(this.targetVariables, this.variables, this.options.tau);
      // Statistics are no weights that a target follows slowly: they are of the inputs, which both share.
      copyWeights(this.targetConstants, this.constants);
    }
    const learned = {
      criticLoss: results.criticLoss.dataSync()[0]!,
      actorLoss: results.actorLoss?.dataSync()[0],
      tdErrors: results.tdError.dataSync<'float32'>(),
    };
    tf.dispose(results);
    return learned;
  }

  /**
   * The TD errors of a batch `[batch]`, without learning from it; the caller disposes them. Target
   * smoothing draws its noise here too.
   */
  tdError(batch: DdpgBatch): tf.Tensor1D {
    this.assertInUse('tdError');
    return tf.tidy(() => {
      const value = this.online.values[0]!(this.online.encode(batch.observation), batch.action);
      return tf.sub(this.tdTarget(batch), value);
    });
  }

  /** Q(s, a) `[batch]` by the first critic; the caller disposes it. */
  value({ observation, action }: Pick<DdpgBatch, 'observation' | 'action'>): tf.Tensor1D {
    this.assertInUse('value');
    return tf.tidy(() => this.online.values[0]!(this.online.encode(observation), action));
  }

  /** Multiplies both learning rates from now on, for schedules. */
  scaleLearningRates(share: number): void {
    this.actorOptimizer.rateScale = share;
    this.criticOptimizer.rateScale = share;
  }

  /** Copies of what acting reads, in the order encoder, actor, each with what it learns first; for `takeWeights`. */
  weights(): Weights {
    this.assertInUse('weights');
    return savedVariables(this.actingVariables());
  }

  /** @throws RangeError where the weights are of other shapes; nothing has changed then. */
  takeWeights(weights: Weights): void {
    this.assertInUse('takeWeights');
    restoreVariables(this.actingVariables(), weights, 'weights');
  }

  /** Everything that learning changes, and the weights of frozen layers: networks, targets, optimizers, the target noise's stream. */
  state(): SavedState {
    this.assertInUse('state');
    return {
      variables: savedVariables(this.allVariables()),
      actorOptimizer: this.actorOptimizer.state(),
      criticOptimizer: this.criticOptimizer.state(),
      targetNoise: this.targetNoise?.state() ?? null,
      encoderRandom: this.encoderRandom?.state() ?? null,
    };
  }

  /**
   * Goes on where {@link ActorCritic.state} stood, bit for bit.
   *
   * @throws Error where the state is of other shapes or not finite; nothing has changed then.
   */
  restore(state: SavedState): void {
    this.assertInUse('restore');
    const { variables, actorOptimizer, criticOptimizer, targetNoise, encoderRandom } = (state ??
      {}) as Record<string, SavedState>;
    assertSameStream('targetNoise', this.targetNoise, targetNoise);
    assertSameStream('encoderRandom', this.encoderRandom, encoderRandom);
    restoreTogether([
      [savableVariables(this.allVariables()), variables],
      [this.actorOptimizer, actorOptimizer],
      [this.criticOptimizer, criticOptimizer],
      ...(this.targetNoise ? [[this.targetNoise, targetNoise] as const] : []),
      ...(this.encoderRandom ? [[this.encoderRandom, encoderRandom] as const] : []),
    ]);
  }

  /** Frees all variables; safe to call twice. */
  dispose(): void {
    if (!this.lifetime.end()) return;
    this.actorOptimizer.dispose();
    this.criticOptimizer.dispose();
    for (const { encoder, actor, critics } of [this.networks, this.targets]) {
      for (const network of [encoder, actor, ...critics]) network?.dispose();
    }
  }

  /** @throws Error where it was disposed; it names what was asked. */
  assertInUse(asked: string): void {
    this.lifetime.assertOpen(asked);
  }

  /** y = r + discount · Q'(s', π'(s')), with the smaller Q' where there are two. */
  private tdTarget({ reward, discount, nextObservation }: DdpgBatch): tf.Tensor1D {
    const nextState = this.target.encode(nextObservation);
    const nextAction = this.smoothed(this.target.act(nextState));
    const [first, ...others] = this.target.values.map((value) => value(nextState, nextAction));
    const nextValue = others.reduce<tf.Tensor1D>((least, value) => tf.minimum(least, value), first!);
    return tdTarget(reward, discount, nextValue);
  }

  private smoothed(action: tf.Tensor2D): tf.Tensor2D {
    if (!this.targetNoise) return action;
    const noise = tf.tensor2d(this.targetNoise.draw(action.size), action.shape);
    return tf.clipByValue(tf.add(action, noise), -1, 1);
  }

  /** `state` is what the states still are after the update: undefined where the encoder has learned. */
  private updateCritics(batch: DdpgBatch): {
    criticLoss: tf.Scalar;
    tdError: tf.Tensor1D;
    state: tf.Tensor2D | undefined;
  } {
    const target = this.tdTarget(batch);
    const ofState = this.encoderLearnsFrom('critic');
    const constantState = ofState ? undefined : this.encode(batch.observation);
    let tdErrors: tf.Tensor1D[] = [];
    const { value, grads } = tf.variableGrads(() => {
      const state = constantState ?? this.encode(batch.observation);
      tdErrors = this.online.values.map((valueOf) =>
        tf.keep(tf.sub(target, valueOf(state, batch.action, { state: ofState, parameters: true }))),
      );
      const losses = tdErrors.map((tdError) => weightedSquaredError(tdError, batch.weight));
      return losses.reduce((sum, loss) => tf.add(sum, loss));
    }, [...this.criticOptimizer.variables]);
    this.criticOptimizer.apply(clipByGlobalNorm(grads, this.options.maxGradientNorm));
    const [tdError, ...others] = tdErrors;
    tf.dispose(others);
    return { criticLoss: value, tdError: tdError!, state: constantState };
  }

  private updateActor(observation: readonly tf.Tensor[], knownState: tf.Tensor2D | undefined): tf.Scalar {
    // The critic sees the state as a constant: the encoder learns from ∇_a Q alone (DRR, Algorithm 1),
    // and can't raise Q by moving the state under the critic.
    const constantState = knownState ?? this.encode(observation);
    const ofState = this.encoderLearnsFrom('actor');
    const penalty = this.options.actionPenalty;
    let loss: tf.Scalar | undefined;
    const { grads } = tf.variableGrads(() => {
      const state = ofState ? this.encode(observation) : constantState;
      const action = this.online.act(state, ofState);
      loss = tf.keep(policyLoss(this.online.values[0]!(constantState, action, { action: true })));
      return penalty === 0 ? loss : tf.add(loss, actionPenalty(action, penalty));
    }, [...this.actorOptimizer.variables]);
    this.actorOptimizer.apply(clipByGlobalNorm(grads, this.options.maxGradientNorm));
    return loss!;
  }

  /** The states of a batch to learn from. */
  private encode(observation: readonly tf.Tensor[]): tf.Tensor2D {
    const { encoderRandom: random } = this;
    return this.online.encode(observation, random && { training: true, random });
  }

  /** Whether a loss trains the encoder. */
  encoderLearnsFrom(loss: 'actor' | 'critic'): boolean {
    const { encoderSignal } = this.options;
    return this.networks.encoder !== undefined && (encoderSignal === loss || encoderSignal === 'both');
  }

  private actingVariables(): tf.Variable[] {
    const { encoder, actor } = this.networks;
    return [encoder, actor].flatMap((network) => [...variablesOf(network), ...constantsOf(network)]);
  }

  private allVariables(): tf.Variable[] {
    return [...this.variables, ...this.targetVariables, ...this.constants, ...this.targetConstants];
  }
}

function variablesOf(network: LayersModel | undefined): tf.Variable[] {
  return network ? network.trainableWeights.map((weight) => weight.read() as tf.Variable) : [];
}

function constantsOf(network: LayersModel | undefined): tf.Variable[] {
  return network ? network.nonTrainableWeights.map((weight) => weight.read() as tf.Variable) : [];
}

function allVariables({ encoder, actor, critics }: DdpgNetworks, of = variablesOf): tf.Variable[] {
  return [encoder, actor, ...critics].flatMap(of);
}

function assertSameStream(name: string, mine: unknown, saved: unknown): void {
  if (!mine !== !saved) {
    throw new RangeError(
      `${name}: expected ${mine ? 'the state of a stream' : 'none'}, got ${saved ? 'one' : 'none'}`,
    );
  }
}
