import { pairwiseProducts } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';

/**
 * A state of vectors, and of the products of all pairs of others behind them, in the order of `pairwiseProducts`.
 *
 * @param vectors - `[batch, n, k]`
 * @param paired - `[batch, n, k]`: what is multiplied; of one vector there is no pair.
 * @returns `[batch, (n + n (n − 1) / 2) k]`; the caller disposes it.
 */
export function withPairs(vectors: tf.Tensor3D, paired: tf.Tensor3D): tf.Tensor2D {
  const [batch, n] = vectors.shape;
  return tf.tidy(() => {
    const parts = n > 1 ? [vectors, pairwiseProducts(paired)] : [vectors];
    // Joined as rows: of three dimensions TensorFlow.js takes a join apart number by number.
    return tf.concat(
      parts.map((part): tf.Tensor2D => tf.reshape(part, [batch, -1])),
      1,
    );
  });
}
