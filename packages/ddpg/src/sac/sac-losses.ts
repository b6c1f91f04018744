import * as tf from '@tensorflow/tfjs-core';

/**
 * The soft value of actions that were drawn from the policy, min Q(s, a) − α log π(a|s): what the policy maximises,
 * and, by the target critics, what the TD target bootstraps from.
 *
 * See "Soft actor-critic algorithms and applications", Haarnoja et al. 2018, arXiv 1812.05905, equations 3 and 7.
 *
 * @param values - `[batch]` by each critic.
 * @param logProbability - `[batch]`
 * @param temperature - α
 * @returns `[batch]`; the caller disposes it.
 */
export function softValue(
  values: readonly tf.Tensor1D[],
  logProbability: tf.Tensor1D,
  temperature: number,
): tf.Tensor1D {
  return tf.tidy(() => {
    const least = values.reduce((least, value) => tf.minimum(least, value));
    return tf.sub(least, tf.mul(logProbability, temperature));
  });
}

/**
 * The temperature's loss, −(1 / batch) Σ α (log π(a|s) + H̄): α falls while the policy's entropy is above H̄.
 *
 * It is its own derivative with respect to log α.
 *
 * See the same paper, equation 18.
 *
 * @param logProbability - `[batch]`
 * @param temperature - α
 * @param targetEntropy - H̄
 * @returns a scalar; the caller disposes it.
 */
export function temperatureLoss(
  logProbability: tf.Tensor1D,
  temperature: number,
  targetEntropy: number,
): tf.Scalar {
  return tf.tidy(() => tf.mul(tf.add(tf.mean<tf.Scalar>(logProbability), targetEntropy), -temperature));
}
