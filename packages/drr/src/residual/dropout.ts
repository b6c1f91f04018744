import type { Random } from '@rl-recsys/random';
import * as tf from '@tensorflow/tfjs-core';

/**
 * Dropout: each number is 0 with probability `rate`, and else divided by 1 − rate (Srivastava et al. 2014).
 *
 * @returns a tensor of x's shape; the caller disposes it.
 */
export function dropout(x: tf.Tensor2D, rate: number, random: Random): tf.Tensor2D {
  if (rate === 0) return x;
  const kept = 1 / (1 - rate);
  const mask = new Float32Array(x.size);
  const dropped = rate * 2 ** 32;
  // A product rather than a choice: nobody can predict which, and each wrong guess costs as much as a draw.
  for (let place = 0; place < mask.length; place++) mask[place] = Number(random.bits() >= dropped) * kept;
  return tf.tidy(() => tf.mul(x, tf.tensor2d(mask, x.shape)));
}
