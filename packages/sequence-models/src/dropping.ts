import type { Random } from '@rl-recsys/random';
import { dropout } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';

/** Drops some of a tensor's numbers, others at each call. */
export type Drop = <T extends tf.Tensor>(x: T) => T;

/** Dropout of a share of numbers, with seeds that a stream draws. */
export function dropping(rate: number, random: Random): Drop {
  return (x) =>
    dropout(
      x,
      rate,
      Uint32Array.from({ length: 16 }, () => random.bits()),
    );
}
