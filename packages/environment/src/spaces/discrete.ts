import type { Space } from './space.js';

/** The integers `start` to `start + size - 1`. */
export interface DiscreteSpace extends Space<number> {
  readonly kind: 'discrete';
  readonly size: number;
  readonly start: number;
}

/**
 * The space of `size` integers from `start` (default 0).
 *
 * @throws RangeError where `size` is not a positive integer or `start` no integer.
 */
export function discrete(size: number, start = 0): DiscreteSpace {
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new RangeError(`size: expected a positive integer, got ${size}`);
  }
  if (!Number.isSafeInteger(start)) throw new RangeError(`start: expected an integer, got ${start}`);
  return {
    kind: 'discrete',
    size,
    start,
    contains: (value): value is number =>
      Number.isInteger(value) && (value as number) >= start && (value as number) < start + size,
    sample: (random) => start + random.integer(size),
  };
}
