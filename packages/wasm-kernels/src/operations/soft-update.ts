import * as tf from '@tensorflow/tfjs-core';
import { activeKernels } from '../fast-kernels.js';

/**
 * Moves each target a little towards its source, target ← target + τ (source − target), in place where
 * fast kernels are active: a target whose numbers another tensor shares gets its own first.
 *
 * See "Continuous control with deep reinforcement learning", Lillicrap et al. 2015, Algorithm 1.
 *
 * @param sources - as many as targets, each in its target's shape.
 * @throws RangeError where the lists differ in length or τ is outside (0, 1]; no target has moved then.
 */
export function softUpdate(
  targets: readonly tf.Variable[],
  sources: readonly tf.Variable[],
  tau: number,
): void {
  if (!(tau > 0 && tau <= 1)) throw new RangeError(`tau: expected above 0 and at most 1, got ${tau}`);
  if (targets.length !== sources.length) {
    throw new RangeError(`targets: expected ${sources.length} like sources, got ${targets.length}`);
  }
  const fast = activeKernels();
  for (let index = 0; index < targets.length; index++) {
    const [target, source] = [targets[index]!, sources[index]!];
    if (fast) {
      fast.exports.softUpdate(fast.ownAddress(target), fast.addressOf(source), target.size, tau);
    } else {
      tf.tidy(() => target.assign(tf.add(target, tf.mul(tf.sub(source, target), tau))));
    }
  }
}
