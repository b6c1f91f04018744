import * as tf from '@tensorflow/tfjs-core';

/** Keeps equal scores from being divided by 0; our choice. */
const LEAST_SPREAD = 1e-3;
/** Bars a candidate from every softmax and maximum: far below any score, and finite, so that no NaN arises. */
const BARRED = -1e9;

/**
 * Scores of each row's candidates brought to mean 0 and deviation 1, far below all others where there is none: a temperature
 * then means the same whatever scores are made of, and no weights can sharpen a softmax by growing together.
 *
 * @param scores - `[batch, candidates]`
 * @param there - `[batch, candidates]`: 1 at a candidate, 0 where there is none.
 * @returns `[batch, candidates]`; the caller disposes it.
 */
export function spreadScores(scores: tf.Tensor2D, there: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const count = tf.maximum(tf.sum(there, 1, true), 1);
    const mean = tf.div(tf.sum(tf.mul(scores, there), 1, true), count);
    const centred = tf.mul(tf.sub(scores, mean), there);
    const deviation = tf.sqrt(tf.add(tf.div(tf.sum(tf.square(centred), 1, true), count), LEAST_SPREAD ** 2));
    return tf.add(tf.div(centred, deviation), tf.mul(tf.sub(1, there), BARRED));
  });
}
