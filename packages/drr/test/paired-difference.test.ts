import { expect, test } from '@jest/globals';
import { differenceOf } from '../src/paired-difference.js';

test('is the mean over users with its standard error', () => {
  const { mean, error } = differenceOf(Float64Array.of(2, 4, 6, 8), Float64Array.of(1, 2, 3, 4));
  expect(mean).toBe(2.5);
  expect(error).toBeCloseTo(Math.sqrt(5 / 3 / 4), 12); // of 1, 2, 3 and 4
});

test('of one user alone nothing is known', () => {
  expect(differenceOf(Float64Array.of(2), Float64Array.of(1))).toEqual({ mean: 0, error: 0 });
});
