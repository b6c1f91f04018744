import { standardize } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';

/** Keeps an input that hardly varies from being blown up, in units of the inputs; our choice. */
const LEAST_DEVIATION = 0.01;
/** Where standardized inputs are clipped; our choice. */
export const LIMIT = 5;

/**
 * Inputs brought to mean 0 and deviation 1, clipped to ±5. Means and deviations are fitted once and then
 * stay: they are saved with the networks, but do not learn.
 */
export class Standardizer {
  readonly mean: tf.Variable<tf.Rank.R1>;
  readonly deviation: tf.Variable<tf.Rank.R1>;

  /** @param size - how many inputs there are; until they are fitted they are only clipped. */
  constructor(size: number) {
    this.mean = tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([size]), false));
    this.deviation = tf.tidy(() => tf.variable(tf.ones<tf.Rank.R1>([size]), false));
  }

  get variables(): readonly tf.Variable[] {
    return [this.mean, this.deviation] as tf.Variable[];
  }

  /** @param rows - `[any, size]` */
  fit(rows: tf.Tensor2D): void {
    tf.tidy(() => {
      const { mean, variance } = tf.moments(rows, 0);
      this.mean.assign(mean as tf.Tensor1D);
      this.deviation.assign(tf.add(tf.sqrt(variance), LEAST_DEVIATION));
    });
  }

  /** @param x - `[any, size]`, or of a higher rank; the caller disposes the result. */
  apply<T extends tf.Tensor>(x: T): T {
    const { mean, deviation } = this;
    return standardize(x, { mean, deviation, limit: LIMIT });
  }
}

/**
 * √mean(x²) of each column, and a little more, so that one can divide by it.
 *
 * @param rows - `[any, size]`
 * @returns `[size]`; the caller disposes it.
 */
export function rootMeanSquare(rows: tf.Tensor2D): tf.Tensor1D {
  return tf.tidy(() => tf.add(tf.sqrt(tf.mean<tf.Tensor1D>(tf.square(rows), 0)), LEAST_DEVIATION));
}
