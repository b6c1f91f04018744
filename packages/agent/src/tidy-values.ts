import * as tf from '@tensorflow/tfjs-core';

/**
 * The values of the tensor that `compute` returns, which is disposed with all that it made.
 *
 * Not `tf.tidy(() => compute().dataSync())`: `tf.tidy` searches what it is given for tensors, element by element,
 * which for the actions of a batch takes longer than computing them.
 */
export function tidyValues(compute: () => tf.Tensor): Float32Array {
  const result = tf.tidy(compute);
  const values = result.dataSync<'float32'>().slice();
  result.dispose();
  return values;
}
