import type { Random } from '@rl-recsys/random';

/** The positive integer that initializers of TensorFlow.js take as a seed. */
export function seedFrom(random: Random): number {
  return 1 + random.integer(2 ** 31 - 1);
}
