import type { Random } from '@rl-recsys/random';
import { dropout as seededDropout } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';

/**
 * Dropout: each number is 0 with probability `rate`, and else divided by 1 − rate (Srivastava et al. 2014).
 *
 * @returns a tensor of x's shape, x itself at rate 0; the caller disposes it.
 */
export function dropout(x: tf.Tensor2D, rate: number, random: Random): tf.Tensor2D {
  if (rate === 0) return x;
  return seededDropout(x, rate, dropoutSeed(random));
}

/** Sixteen words, from which one mask is drawn. */
export function dropoutSeed(random: Random): Uint32Array {
  return Uint32Array.from({ length: 16 }, () => random.bits());
}
