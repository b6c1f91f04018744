import * as tf from '@tensorflow/tfjs-core';

/**
 * The loss of DQN, (1 / batch) Σ w h(δ), with h(δ) = ½ δ² up to |δ| = 1 and |δ| − ½ beyond (Huber 1964): the
 * gradient of one transition is its TD error, clipped to −1 to 1, so that the few that are far off do not drown the
 * others.
 *
 * See "Human-level control through deep reinforcement learning", Mnih et al. 2015, methods, for the clipping, and
 * "Prioritized experience replay", Schaul et al. 2016, section 3.4, for the importance weights w.
 *
 * @param tdError - `[batch]`
 * @param weight - `[batch]`, 1 everywhere for uniform replay.
 * @returns a scalar; the caller disposes it.
 */
export function weightedHuberLoss(tdError: tf.Tensor1D, weight: tf.Tensor1D): tf.Scalar {
  const loss = tf.customGrad((...given: unknown[]) => {
    const [error, save] = given as [tf.Tensor1D, tf.GradSaveFunc];
    const clipped = tf.clipByValue(error, -1, 1);
    const weighted = tf.mul(weight, clipped);
    save([weighted]);
    const gradFunc = (dy: tf.Tensor, [saved]: tf.Tensor[]) => tf.mul(saved!, tf.mul(dy, 1 / error.size));
    // With c = δ clipped, c (δ − c / 2) is ½ δ² within and |δ| − ½ beyond.
    return { value: tf.mean(tf.mul(weighted, tf.sub(error, tf.mul(clipped, 0.5)))), gradFunc };
  });
  return tf.tidy(() => loss(tdError)) as tf.Scalar;
}
