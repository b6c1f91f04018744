import * as tf from '@tensorflow/tfjs-core';

/**
 * Σ w_a i_a over the items of each row.
 *
 * @param items - `[batch, n, k]`
 * @param weights - `[batch, n]`
 * @returns `[batch, k]`; the caller disposes it.
 */
export function weightedSum(items: tf.Tensor3D, weights: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => tf.squeeze(tf.matMul(tf.expandDims<tf.Tensor3D>(weights, 1), items), [1]));
}
