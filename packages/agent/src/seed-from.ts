import type { Random } from '@rl-recsys/random';

/** A seed for TensorFlow.js's initializers: a positive integer, since 0 would count as none. */
export function seedFrom(random: Random): number {
  return 1 + random.integer(2 ** 31 - 1);
}
