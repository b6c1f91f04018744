import * as tf from '@tensorflow/tfjs-core';

/**
 * Makes each target equal to its source, in a buffer of its own: a later update of one in place
 * never moves the other.
 *
 * @throws RangeError where the lists differ in length.
 */
export function copyWeights(targets: readonly tf.Variable[], sources: readonly tf.Variable[]): void {
  if (targets.length !== sources.length) {
    throw new RangeError(`targets: expected ${sources.length} like sources, got ${targets.length}`);
  }
  for (const [index, target] of targets.entries()) {
    const source = sources[index]!;
    tf.tidy(() => target.assign(tf.tensor(source.dataSync().slice(), source.shape, source.dtype)));
  }
}
