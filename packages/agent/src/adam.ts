import * as tf from '@tensorflow/tfjs-core';
import { assertOptionNames, type OptionNames, type Savable, type SavedState } from '@rl-recsys/random';
import { adamUpdate, adamUpdateAt, type AdamSettings, type FastKernels } from '@rl-recsys/wasm-kernels';
import { Lifetime } from './lifetime.js';
import { assertNumbers, integerFrom, NOT_NEGATIVE, POSITIVE, SHARE_BELOW_1 } from './number-rules.js';
import { restoreVariables, savedVariables } from './saved-variables.js';

export interface AdamOptions {
  readonly learningRate: number;
  /** Decay of the gradients' running mean (default 0.9, as in the paper). */
  readonly beta1?: number;
  /** Decay of their running square (default 0.999, as in the paper). */
  readonly beta2?: number;
  /** Keeps the division away from 0 (default 1e-8, as in the paper). */
  readonly epsilon?: number;
}

const NAMES: OptionNames<AdamOptions> = { learningRate: true, beta1: true, beta2: true, epsilon: true };

/**
 * The Adam optimizer over a fixed list of variables, whose state can be read and written: training
 * that goes on from a saved state is the same training, bit for bit.
 *
 * See "Adam: a method for stochastic optimization", Kingma and Ba 2015, Algorithm 1, in the order of
 * computation that closes its section 2.
 */
export class Adam implements Savable {
  /** Running mean and running square of each variable's gradient, in the order of the variables. */
  readonly moments: ReadonlyArray<{ readonly mean: tf.Variable; readonly square: tf.Variable }>;
  /** How many updates were made. */
  step = 0;
  /** What the learning rate is multiplied by from now on, for schedules. */
  rateScale = 1;

  private readonly lifetime = new Lifetime('an optimizer');
  private readonly learningRate: number;
  private readonly beta1: number;
  private readonly beta2: number;
  private readonly epsilon: number;

  /** @throws RangeError where an option is out of range or unknown; it is named. */
  constructor(
    readonly variables: readonly tf.Variable[],
    options: AdamOptions,
  ) {
    assertOptionNames(options, NAMES);
    const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
    assertNumbers(POSITIVE, { learningRate, epsilon });
    assertNumbers(SHARE_BELOW_1, { beta1, beta2 });
    this.learningRate = learningRate;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    const zeros = (variable: tf.Variable) => tf.tidy(() => tf.variable(tf.zerosLike(variable), false));
    this.moments = variables.map((variable) => ({ mean: zeros(variable), square: zeros(variable) }));
  }

  /**
   * Makes one update.
   *
   * @param gradients - by the variables' names, as `tf.variableGrads` gives them; not disposed.
   * @throws Error where a variable has no gradient.
   */
  apply(gradients: tf.NamedTensorMap): void {
    this.lifetime.assertOpen('apply');
    for (const { name } of this.variables) {
      if (!gradients[name]) throw new Error(`gradients: expected one for ${name}, got none`);
    }
    this.step += 1;
    const inOrder = this.variables.map(({ name }) => gradients[name]!);
    adamUpdate(this.variables, this.moments, inOrder, this.settings());
  }

  /**
   * Makes one update from gradients that are no tensors.
   *
   * @param gradients - the address of each variable's, in the order of the variables.
   * @param scale - what each gradient is multiplied by first.
   */
  applyAt(fast: FastKernels, gradients: readonly number[], scale: number): void {
    this.lifetime.assertOpen('applyAt');
    this.step += 1;
    adamUpdateAt(fast, this.variables, this.moments, gradients, this.settings(), scale);
  }

  /** The moments, how many updates were made, and the rate's scale; the variables are their owner's to save. */
  state(): SavedState {
    this.lifetime.assertOpen('state');
    const { step, rateScale } = this;
    return { step, rateScale, moments: savedVariables(this.momentVariables()) };
  }

  /** @throws RangeError where the state is of other variables; nothing has changed then. */
  restore(state: SavedState): void {
    this.lifetime.assertOpen('restore');
    const { step, rateScale, moments } = (state ?? {}) as Record<string, SavedState>;
    if (!integerFrom(0).holds(step as number) || !NOT_NEGATIVE.holds(rateScale as number)) {
      const came = JSON.stringify({ step, rateScale });
      throw new RangeError(`step, rateScale: expected those of an optimizer, got ${came}`);
    }
    restoreVariables(this.momentVariables(), moments, 'moments');
    this.step = step as number;
    this.rateScale = rateScale as number;
  }

  private momentVariables(): tf.Variable[] {
    return this.moments.flatMap(({ mean, square }) => [mean, square]);
  }

  private settings(): AdamSettings {
    const { beta1, beta2, epsilon, step } = this;
    return { learningRate: this.learningRate * this.rateScale, beta1, beta2, epsilon, step };
  }

  /** Frees the moments; the variables stay their owner's. Safe to call twice. */
  dispose(): void {
    if (!this.lifetime.end()) return;
    for (const { mean, square } of this.moments) {
      mean.dispose();
      square.dispose();
    }
  }
}
