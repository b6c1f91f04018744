import type { Space } from './space.js';

/** Int32Arrays of several choices, each an integer from 0 to its size − 1. */
export interface MultiDiscreteSpace extends Space<Int32Array> {
  readonly kind: 'multiDiscrete';
  /** How many values each choice has. */
  readonly sizes: readonly number[];
}

/**
 * The space of `Int32Array`s `[sizes.length]` whose number at place i is an integer in
 * [0, sizes[i]): several choices at once, a slate of items say.
 *
 * @throws RangeError where there is no size, or one is not an integer in [1, 2³¹].
 */
export function multiDiscrete(sizes: readonly number[]): MultiDiscreteSpace {
  if (!(sizes?.length > 0)) throw new RangeError('sizes: expected at least one, got none');
  sizes.forEach((size, index) => {
    if (!Number.isSafeInteger(size) || size < 1 || size > 2 ** 31) {
      throw new RangeError(`sizes[${index}]: expected an integer from 1 to 2 ** 31, got ${size}`);
    }
  });
  const own = [...sizes];
  return {
    kind: 'multiDiscrete',
    sizes: own,
    contains: (value): value is Int32Array =>
      value instanceof Int32Array &&
      value.length === own.length &&
      value.every((choice, index) => choice >= 0 && choice < own[index]!),
    sample: (random) => Int32Array.from(own, (size) => random.integer(size)),
  };
}
