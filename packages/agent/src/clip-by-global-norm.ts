import * as tf from '@tensorflow/tfjs-core';

/**
 * Shortens gradients whose common length √(Σ g²) is above `maxNorm` to that length; their direction
 * stays.
 *
 * See "On the difficulty of training recurrent neural networks", Pascanu et al. 2013, algorithm 1.
 *
 * @returns the same tensors where nothing was to be done, else new ones, which the caller disposes.
 */
export function clipByGlobalNorm(gradients: tf.NamedTensorMap, maxNorm: number): tf.NamedTensorMap {
  if (maxNorm === Infinity) return gradients;
  return tf.tidy(() => {
    const squares = Object.values(gradients).map((gradient) => tf.sum<tf.Scalar>(tf.square(gradient)));
    const scale = tf.minimum(tf.div(maxNorm, tf.sqrt(tf.addN(squares))), 1);
    return Object.fromEntries(
      Object.entries(gradients).map(([name, gradient]) => [name, tf.mul(gradient, scale)]),
    );
  });
}
