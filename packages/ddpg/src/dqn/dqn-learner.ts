import {
  Adam,
  assertBackend,
  assertNumbers,
  copyWeights,
  Lifetime,
  POSITIVE,
  savableVariables,
  savedVariables,
  SHARE,
  SHARE_ABOVE_0,
  softUpdate,
  tdTarget,
  tidyValues,
  valueFigures,
  weightedSquaredError,
  type Figures,
  type Learner,
  type LearnResult,
  type Weights,
} from '@rl-recsys/agent';
import {
  assertOptionNames,
  restoreTogether,
  type OptionNames,
  type Random,
  type SavedState,
} from '@rl-recsys/random';
import { float32, int32, type Batch, type Field, type Transition } from '@rl-recsys/replay-buffer';
import * as tf from '@tensorflow/tfjs-core';
import type { VectorFields } from '../vector-fields.js';
import { ActionValueNetwork } from './action-value-network.js';

/** What replay stores of a step whose action is one of several. */
export type DqnFields = Omit<VectorFields, 'action'> & {
  /** Which output of the network the action is, from 0. */
  readonly action: Field<'int32', 1>;
};

/** How DQN learns. */
export interface DqnLearnerOptions {
  readonly stateSize: number;
  /** How many actions there are. */
  readonly actionCount: number;
  /** Units of each hidden layer (default 128). */
  readonly hiddenSize?: number;
  /** Learning rate (default 1e-3). */
  readonly learningRate?: number;
  /** How far the target network moves at each update (default 0.005). */
  readonly tau?: number;
  /** Draws the starting weights. */
  readonly random: Random;
}

/** The names of {@link DqnLearnerOptions}. */
export const DQN_LEARNER_NAMES: OptionNames<DqnLearnerOptions> = {
  ...{ stateSize: true, actionCount: true, hiddenSize: true, learningRate: true, tau: true },
  random: true,
};

/**
 * The learner of DQN: a network that says the value of each action, and its slowly following target. As in Double
 * DQN the network chooses the next action, and the target says what that is worth. Errors are squared, not clipped to
 * ±1 as in the paper: by clipped ones values become medians, which overlook the rare step that ends an episode.
 *
 * See "Human-level control through deep reinforcement learning", Mnih et al. 2015, algorithm 1, and "Deep
 * reinforcement learning with double Q-learning", van Hasselt et al. 2016, arXiv 1509.06461.
 */
export class DqnLearner implements Learner<DqnFields> {
  readonly fields: DqnFields;
  /** State in, Q `[batch, actionCount]` out. */
  readonly network: ActionValueNetwork;
  readonly target: ActionValueNetwork;
  private readonly actionCount: number;
  private readonly tau: number;
  private readonly optimizer: Adam;
  private readonly lifetime = new Lifetime('a learner');

  /** @throws RangeError where an option is out of range or unknown. */
  constructor(options: DqnLearnerOptions) {
    assertOptionNames(options, DQN_LEARNER_NAMES);
    assertBackend();
    const { stateSize, actionCount, hiddenSize = 128, random } = options;
    const { learningRate = 1e-3, tau = 0.005 } = options;
    assertNumbers(POSITIVE, { learningRate }); // before networks are made
    assertNumbers(SHARE_ABOVE_0, { tau });
    this.fields = {
      observation: float32(stateSize),
      action: int32(),
      reward: float32(),
      discount: float32(),
      nextObservation: float32(stateSize),
    };
    const sizes = { inputSize: stateSize, outputSize: actionCount, hiddenSize };
    const makeNetwork = () => new ActionValueNetwork({ ...sizes, random: random.fork('network') });
    this.network = makeNetwork();
    this.target = makeNetwork();
    copyWeights(this.target.variables, this.network.variables);
    this.actionCount = actionCount;
    this.tau = tau;
    this.optimizer = new Adam(this.network.dense.variables, { learningRate });
  }

  assertTransition({ action, discount }: Transition<DqnFields>): void {
    const last = this.actionCount - 1;
    const isChoice = {
      expected: `an action from 0 to ${last}`,
      holds: (value: number) => value >= 0 && value <= last,
    };
    assertNumbers(isChoice, { action });
    assertNumbers(SHARE, { discount });
  }

  /** Brings states to one scale, by transitions made before learning; call it once. */
  prepare({ columns, weights }: Batch<DqnFields>): void {
    const shape: [number, number] = [weights.length, this.network.scale.mean.size];
    tf.tidy(() => this.network.fit(tf.tensor2d(columns.observation, shape)));
    copyWeights(this.target.variables, this.network.variables);
  }

  /** One update of network and target. Figures: `loss`, (1 / batch) Σ w δ². */
  learn({ columns, weights }: Batch<DqnFields>): LearnResult {
    this.lifetime.assertOpen('learn');
    const results = tf.tidy(() => {
      const matrix = (column: Float32Array) =>
        tf.tensor2d(column, [weights.length, column.length / weights.length]);
      const state = matrix(columns.observation);
      const action = tf.tensor1d(columns.action, 'int32');
      const nextValue = this.nextValue(matrix(columns.nextObservation));
      const target = tdTarget(tf.tensor1d(columns.reward), tf.tensor1d(columns.discount), nextValue);
      const weight = tf.tensor1d(weights);
      let tdError: tf.Tensor1D | undefined;
      const { value: loss, grads } = tf.variableGrads(() => {
        tdError = tf.keep(tf.sub(target, this.valueOf(this.network, state, action)));
        return weightedSquaredError(tdError, weight);
      }, [...this.optimizer.variables]);
      this.optimizer.apply(grads);
      return { loss, tdError: tdError! };
    });
    softUpdate(this.target.dense.variables, this.network.dense.variables, this.tau);
    const learned = {
      figures: { loss: results.loss.dataSync()[0]! },
      tdErrors: results.tdError.dataSync<'float32'>(),
    };
    tf.dispose(results);
    return learned;
  }

  /** Figures of a batch: `meanQ` and `maxQ`. */
  inspect({ columns, weights }: Batch<DqnFields>): Figures {
    this.lifetime.assertOpen('inspect');
    const shape: [number, number] = [weights.length, columns.observation.length / weights.length];
    const values = tidyValues(() =>
      this.valueOf(
        this.network,
        tf.tensor2d(columns.observation, shape),
        tf.tensor1d(columns.action, 'int32'),
      ),
    );
    return valueFigures(values);
  }

  weights(): Weights {
    this.lifetime.assertOpen('weights');
    return this.network.weights();
  }

  scaleLearningRates(share: number): void {
    this.optimizer.rateScale = share;
  }

  state(): SavedState {
    this.lifetime.assertOpen('state');
    return { variables: savedVariables(this.variables()), optimizer: this.optimizer.state() };
  }

  restore(state: SavedState): void {
    this.lifetime.assertOpen('restore');
    const { variables, optimizer } = (state ?? {}) as Record<string, SavedState>;
    restoreTogether([
      [savableVariables(this.variables()), variables],
      [this.optimizer, optimizer],
    ]);
  }

  dispose(): void {
    if (!this.lifetime.end()) return;
    this.optimizer.dispose();
    this.network.dispose();
    this.target.dispose();
  }

  /** Q'(s', argmax Q(s', a)) `[batch]` */
  private nextValue(nextState: tf.Tensor2D): tf.Tensor1D {
    const best = tf.argMax<tf.Tensor1D>(this.network.apply(nextState), 1);
    return this.valueOf(this.target, nextState, best);
  }

  /** Q(s, a) `[batch]` of one action each. */
  private valueOf(network: ActionValueNetwork, state: tf.Tensor2D, action: tf.Tensor1D): tf.Tensor1D {
    // Cast, since the WebAssembly backend writes integers also where float32 is asked for.
    const chosen = tf.cast(tf.oneHot(action, this.actionCount), 'float32');
    return tf.sum(tf.mul(network.apply(state), chosen), 1);
  }

  private variables(): tf.Variable[] {
    return [...this.network.variables, ...this.target.variables];
  }
}
