import { NORMALIZATION_EPSILON } from '@rl-recsys/embeddings';
import * as tf from '@tensorflow/tfjs-core';

/**
 * Layer normalization (Ba et al. 2016, arXiv 1607.06450): each row with mean 0 and variance 1, then scaled and moved.
 *
 * @param x - float32 `[rows, d]`
 */
export function layerNorm(x: tf.Tensor2D, scale: tf.Tensor, offset: tf.Tensor): tf.Tensor2D {
  const centred = tf.sub(x, tf.mean(x, 1, true));
  const variance = tf.mean(tf.square(centred), 1, true);
  const normal = tf.mul(centred, tf.rsqrt(tf.add(variance, NORMALIZATION_EPSILON)));
  return tf.add(tf.mul(normal, scale), offset);
}
