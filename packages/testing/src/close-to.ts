import { expect } from '@jest/globals';

/** An array matcher for `toEqual`: every number within half a unit of the given decimal. */
export function closeTo(expected: ArrayLike<number>, digits = 5): unknown[] {
  return Array.from(expected, (value): unknown => expect.closeTo(value, digits));
}
