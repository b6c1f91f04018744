import * as tf from '@tensorflow/tfjs-core';
import { activeKernels } from '../fast-kernels.js';
import { STANDARDIZE } from '../kernels/register-standardize.js';

/** What inputs are brought to one scale by. */
export interface StandardizeOptions {
  /** `[columns]` */
  readonly mean: tf.Tensor1D;
  /** `[columns]`, above 0. */
  readonly deviation: tf.Tensor1D;
  /** Where results are clipped, above 0. */
  readonly limit: number;
}

/**
 * (x − mean) / deviation, clipped to ±limit, as one operation with one gradient, which is x's alone and 0 where
 * a result was clipped.
 *
 * @param x - float32 `[any, columns]`, or of a higher rank.
 * @returns a tensor of x's shape; the caller disposes it.
 * @throws RangeError where the mean or the deviation is not of x's columns.
 */
export function standardize<T extends tf.Tensor>(x: T, { mean, deviation, limit }: StandardizeOptions): T {
  const columns = x.shape.at(-1);
  if (mean.size !== columns || deviation.size !== columns) {
    throw new RangeError(
      `mean and deviation: expected [${columns}] each, got [${mean.size}] and [${deviation.size}]`,
    );
  }
  if (activeKernels() && x.size > 0) {
    return tf.engine().runKernel(STANDARDIZE, { x, mean, deviation }, { limit });
  }
  const plain = tf.customGrad((...given: unknown[]) => {
    const [rows, save] = given as [tf.Tensor, tf.GradSaveFunc];
    const y = tf.clipByValue(tf.div(tf.sub(rows, mean), deviation), -limit, limit);
    save([y]);
    // TensorFlow.js's own gradient of a clip goes through logical operations, each as dear as a dense layer.
    const gradFunc = (dy: tf.Tensor, [saved]: tf.Tensor[]) =>
      tf.div(tf.mul(dy, tf.step(tf.sub(limit, tf.abs(saved!)))), deviation);
    return { value: y, gradFunc };
  });
  return tf.tidy(() => plain(x)) as T;
}
