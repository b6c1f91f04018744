import type { Space } from './space.js';

/** Int8Arrays of zeros and ones. */
export interface MultiBinarySpace extends Space<Int8Array> {
  readonly kind: 'multiBinary';
  readonly length: number;
}

/**
 * The space of `Int8Array`s `[length]` of zeros and ones: which of several things hold.
 *
 * @throws RangeError where `length` is not a positive integer.
 */
export function multiBinary(length: number): MultiBinarySpace {
  if (!Number.isSafeInteger(length) || length < 1) {
    throw new RangeError(`length: expected a positive integer, got ${length}`);
  }
  return {
    kind: 'multiBinary',
    length,
    contains: (value): value is Int8Array =>
      value instanceof Int8Array && value.length === length && value.every((bit) => bit === 0 || bit === 1),
    sample: (random) => Int8Array.from({ length }, () => random.integer(2)),
  };
}
