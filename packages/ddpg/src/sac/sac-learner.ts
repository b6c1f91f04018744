import {
  Adam,
  assertBackend,
  assertNumbers,
  copyWeights,
  FINITE,
  Lifetime,
  policyLoss,
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
import type { Batch, Transition } from '@rl-recsys/replay-buffer';
import * as tf from '@tensorflow/tfjs-core';
import { DenseNetwork } from '../dense-network.js';
import { vectorFields, type VectorFields } from '../vector-fields.js';
import { softValue, temperatureLoss } from './sac-losses.js';
import { squashedAction, squashedLogProbability } from './squashed-gaussian.js';

/** How SAC learns. */
export interface SacLearnerOptions {
  readonly stateSize: number;
  readonly actionSize: number;
  /** Units of each hidden layer (default 256; Haarnoja et al. 2018, table 1). */
  readonly hiddenSize?: number;
  /** Learning rate of policy, critics and temperature (default 3e-4; the same table). */
  readonly learningRate?: number;
  /** How far the target critics move at each update (default 0.005; the same table). */
  readonly tau?: number;
  /** H̄, the entropy of actions in (−1, 1) that the temperature holds (default −actionSize; the same table). */
  readonly targetEntropy?: number;
  /** Draws the starting weights, and the actions of updates. */
  readonly random: Random;
}

/** The names of {@link SacLearnerOptions}. */
export const SAC_LEARNER_NAMES: OptionNames<SacLearnerOptions> = {
  ...{ stateSize: true, actionSize: true, hiddenSize: true, learningRate: true, tau: true },
  ...{ targetEntropy: true, random: true },
};

/**
 * The learner of soft actor-critic: two critics and their slowly following targets, a stochastic policy that is
 * paid for its entropy too, and the temperature α, which says how well.
 *
 * See "Soft actor-critic algorithms and applications", Haarnoja et al. 2018, arXiv 1812.05905, algorithm 1.
 */
export class SacLearner implements Learner<VectorFields> {
  readonly fields: VectorFields;
  /** State in, μ and log σ of the policy side by side out `[batch, 2 actionSize]`. */
  readonly policy: DenseNetwork;
  /** State and action side by side in, Q `[batch, 1]` out. */
  readonly critics: readonly DenseNetwork[];
  readonly targetCritics: readonly DenseNetwork[];
  /** log α; α begins at 1. */
  readonly logTemperature: tf.Variable<tf.Rank.R0>;
  private readonly actionSize: number;
  private readonly tau: number;
  private readonly targetEntropy: number;
  private readonly random: Random;
  private readonly criticOptimizer: Adam;
  private readonly policyOptimizer: Adam;
  private readonly temperatureOptimizer: Adam;
  private readonly lifetime = new Lifetime('a learner');

  /** @throws RangeError where an option is out of range or unknown. */
  constructor(options: SacLearnerOptions) {
    assertOptionNames(options, SAC_LEARNER_NAMES);
    assertBackend();
    const { stateSize, actionSize, hiddenSize = 256, learningRate = 3e-4 } = options;
    const { tau = 0.005, targetEntropy = -actionSize, random } = options;
    assertNumbers(POSITIVE, { learningRate }); // before networks are made
    assertNumbers(SHARE_ABOVE_0, { tau });
    assertNumbers(FINITE, { targetEntropy });
    this.fields = vectorFields({ stateSize, actionSize });
    const makeNetwork = (label: string, inputSize: number, outputSize: number) =>
      new DenseNetwork({ inputSize, outputSize, hiddenSize, random: random.fork(label) });
    const makeCritics = () =>
      ['critic 0', 'critic 1'].map((label) => makeNetwork(label, stateSize + actionSize, 1));
    this.policy = makeNetwork('policy', stateSize, 2 * actionSize);
    this.critics = makeCritics();
    this.targetCritics = makeCritics();
    copyWeights(variablesOf(this.targetCritics), variablesOf(this.critics));
    this.logTemperature = tf.tidy(() => tf.variable(tf.scalar(0)));
    this.actionSize = actionSize;
    this.tau = tau;
    this.targetEntropy = targetEntropy;
    this.random = random.fork('actions');
    this.criticOptimizer = new Adam(variablesOf(this.critics), { learningRate });
    this.policyOptimizer = new Adam(this.policy.variables, { learningRate });
    this.temperatureOptimizer = new Adam([this.logTemperature], { learningRate });
  }

  assertTransition({ discount }: Transition<VectorFields>): void {
    assertNumbers(SHARE, { discount });
  }

  /**
   * One update of critics, policy, temperature and target critics. Figures: `criticLoss`, Σ w δ² / batch, summed
   * over the critics; `actorLoss`, the mean of α log π − min Q; `entropy`, the mean of −log π; `temperature`, α
   * after the update.
   */
  learn({ columns, weights }: Batch<VectorFields>): LearnResult {
    this.lifetime.assertOpen('learn');
    const temperature = this.temperature();
    const results = tf.tidy(() => {
      const matrix = (column: Float32Array) =>
        tf.tensor2d(column, [weights.length, column.length / weights.length]);
      const state = matrix(columns.observation);

      // The critics, towards y = r + discount · (min Q'(s', a') − α log π(a'|s')), a' ~ π(s').
      const nextValue = this.nextValue(matrix(columns.nextObservation), temperature);
      const target = tdTarget(tf.tensor1d(columns.reward), tf.tensor1d(columns.discount), nextValue);
      const weight = tf.tensor1d(weights);
      const { criticLoss, tdError } = this.updateCritics(state, matrix(columns.action), target, weight);

      // The policy, towards actions of high value and high entropy under the critics as they are now.
      const { actorLoss, logProbability } = this.updatePolicy(state, temperature);
      this.updateTemperature(logProbability, temperature);
      return { criticLoss, tdError, actorLoss, logProbability };
    });
    softUpdate(variablesOf(this.targetCritics), variablesOf(this.critics), this.tau);
    const logProbabilities = results.logProbability.dataSync<'float32'>();
    const learned = {
      figures: {
        criticLoss: results.criticLoss.dataSync()[0]!,
        actorLoss: results.actorLoss.dataSync()[0]!,
        entropy: -logProbabilities.reduce((sum, each) => sum + each, 0) / logProbabilities.length,
        temperature: this.temperature(),
      },
      tdErrors: results.tdError.dataSync<'float32'>(),
    };
    tf.dispose(results);
    return learned;
  }

  /** Figures of a batch: `meanQ` and `maxQ`. */
  inspect({ columns, weights }: Batch<VectorFields>): Figures {
    this.lifetime.assertOpen('inspect');
    const matrix = (column: Float32Array) =>
      tf.tensor2d(column, [weights.length, column.length / weights.length]);
    const values = tidyValues(() =>
      valueOf(this.critics[0]!, matrix(columns.observation), matrix(columns.action)),
    );
    return valueFigures(values);
  }

  weights(): Weights {
    this.lifetime.assertOpen('weights');
    return this.policy.weights();
  }

  scaleLearningRates(share: number): void {
    for (const optimizer of this.optimizers()) optimizer.rateScale = share;
  }

  state(): SavedState {
    this.lifetime.assertOpen('state');
    const [critics, policy, temperature] = this.optimizers().map((optimizer) => optimizer.state());
    return {
      variables: savedVariables(this.variables()),
      optimizers: { critics: critics!, policy: policy!, temperature: temperature! },
      random: this.random.state(),
    };
  }

  restore(state: SavedState): void {
    this.lifetime.assertOpen('restore');
    const { variables, optimizers, random } = (state ?? {}) as Record<string, SavedState>;
    const { critics, policy, temperature } = (optimizers ?? {}) as Record<string, SavedState>;
    restoreTogether([
      [savableVariables(this.variables()), variables],
      [this.criticOptimizer, critics],
      [this.policyOptimizer, policy],
      [this.temperatureOptimizer, temperature],
      [this.random, random],
    ]);
  }

  dispose(): void {
    if (!this.lifetime.end()) return;
    for (const optimizer of this.optimizers()) optimizer.dispose();
    for (const network of [this.policy, ...this.critics, ...this.targetCritics]) network.dispose();
    this.logTemperature.dispose();
  }

  /** min Q'(s', a') − α log π(a'|s') of actions that the policy draws. */
  private nextValue(nextState: tf.Tensor2D, temperature: number): tf.Tensor1D {
    const { action, logProbability } = this.sample(nextState, this.drawNoise(nextState.shape[0]));
    const values = this.targetCritics.map((critic) => valueOf(critic, nextState, action));
    return softValue(values, logProbability, temperature);
  }

  private updateCritics(
    state: tf.Tensor2D,
    action: tf.Tensor2D,
    target: tf.Tensor1D,
    weight: tf.Tensor1D,
  ): { criticLoss: tf.Scalar; tdError: tf.Tensor1D } {
    let tdErrors: tf.Tensor1D[] = [];
    const { value, grads } = tf.variableGrads(() => {
      tdErrors = this.critics.map((critic) => tf.keep(tf.sub(target, valueOf(critic, state, action))));
      const losses = tdErrors.map((tdError) => weightedSquaredError(tdError, weight));
      return losses.reduce((sum, loss) => tf.add(sum, loss));
    }, [...this.criticOptimizer.variables]);
    this.criticOptimizer.apply(grads);
    const [tdError, ...others] = tdErrors;
    tf.dispose(others);
    return { criticLoss: value, tdError: tdError! };
  }

  private updatePolicy(
    state: tf.Tensor2D,
    temperature: number,
  ): { actorLoss: tf.Scalar; logProbability: tf.Tensor1D } {
    const noise = this.drawNoise(state.shape[0]);
    let logProbability: tf.Tensor1D | undefined;
    const { value, grads } = tf.variableGrads(() => {
      const drawn = this.sample(state, noise);
      logProbability = tf.keep(drawn.logProbability);
      const wanted = { input: false, beside: true, parameters: false };
      const values = this.critics.map((critic) => valueOf(critic, state, drawn.action, wanted));
      return policyLoss(softValue(values, drawn.logProbability, temperature));
    }, [...this.policyOptimizer.variables]);
    this.policyOptimizer.apply(grads);
    return { actorLoss: value, logProbability: logProbability! };
  }

  private updateTemperature(logProbability: tf.Tensor1D, temperature: number): void {
    const gradient = temperatureLoss(logProbability, temperature, this.targetEntropy);
    this.temperatureOptimizer.apply({ [this.logTemperature.name]: gradient });
  }

  private temperature(): number {
    return Math.exp(this.logTemperature.dataSync()[0]!);
  }

  /** Actions that the policy draws by the noise, and how likely they are. */
  private sample(
    state: tf.Tensor2D,
    noise: Float32Array,
  ): { readonly action: tf.Tensor2D; readonly logProbability: tf.Tensor1D } {
    const outputs = this.policy.apply(state);
    return {
      action: squashedAction(outputs, noise),
      logProbability: squashedLogProbability(outputs, noise),
    };
  }

  private drawNoise(batchSize: number): Float32Array {
    return Float32Array.from({ length: batchSize * this.actionSize }, () => this.random.normal());
  }

  private optimizers(): readonly [Adam, Adam, Adam] {
    return [this.criticOptimizer, this.policyOptimizer, this.temperatureOptimizer];
  }

  private variables(): tf.Variable[] {
    const networks = [this.policy, ...this.critics, ...this.targetCritics];
    return [...variablesOf(networks), this.logTemperature];
  }
}

/** Q(s, a) `[batch]`. */
function valueOf(
  critic: DenseNetwork,
  state: tf.Tensor2D,
  action: tf.Tensor2D,
  wanted?: Parameters<DenseNetwork['apply']>[1],
): tf.Tensor1D {
  return tf.squeeze(critic.apply([state, action], wanted), [1]);
}

function variablesOf(networks: readonly DenseNetwork[]): tf.Variable[] {
  return networks.flatMap(({ variables }) => variables);
}
