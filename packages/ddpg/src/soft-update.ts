import * as tf from '@tensorflow/tfjs-core';

/**
 * Moves each target a little towards its source: target ← τ · source + (1 − τ) · target.
 *
 * See "Continuous control with deep reinforcement learning", Lillicrap et al. 2015, Algorithm 1.
 *
 * @throws RangeError where the lists differ in length or τ is outside (0, 1].
 */
export function softUpdate(
  targets: readonly tf.Variable[],
  sources: readonly tf.Variable[],
  tau: number,
): void {
  if (!(tau > 0 && tau <= 1)) throw new RangeError(`tau: expected above 0 and at most 1, got ${tau}`);
  forEachPair(targets, sources, (target, source) => {
    target.assign(tf.add(target, tf.mul(tf.sub(source, target), tau)));
  });
}

/**
 * Makes each target equal to its source, in a buffer of its own: a later update of one in place
 * never moves the other.
 *
 * @throws RangeError where the lists differ in length.
 */
export function copyWeights(targets: readonly tf.Variable[], sources: readonly tf.Variable[]): void {
  forEachPair(targets, sources, (target, source) => {
    target.assign(tf.tensor(source.dataSync().slice(), source.shape, source.dtype));
  });
}

function forEachPair(
  targets: readonly tf.Variable[],
  sources: readonly tf.Variable[],
  update: (target: tf.Variable, source: tf.Variable) => void,
): void {
  if (targets.length !== sources.length) {
    throw new RangeError(`targets: expected ${sources.length} like sources, got ${targets.length}`);
  }
  for (const [index, target] of targets.entries()) tf.tidy(() => update(target, sources[index]!));
}
