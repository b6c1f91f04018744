import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { histogramOf } from '../src/index.js';

test('counts in buckets of one width, the largest value in the last', () => {
  expect(histogramOf([0, 0.9, 1, 2, 3.999, 4], 4)).toEqual({ low: 0, high: 4, counts: [2, 1, 1, 2] });
});

test('has one bucket where all values are the same, and none of what is not finite', () => {
  expect(histogramOf([7, 7, NaN, Infinity])).toEqual({ low: 7, high: 7, counts: [2] });
  expect(histogramOf([NaN])).toBeUndefined();
  expect(histogramOf([])).toBeUndefined();
});

test('counts each finite value once, however far apart they are', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double(), { minLength: 1 }),
      fc.integer({ min: 1, max: 40 }),
      (values, buckets) => {
        const finite = values.filter(Number.isFinite);
        const counts = histogramOf(values, buckets)?.counts ?? [];
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(finite.length);
      },
    ),
  );
});

test('one bucket has values that are farther apart than the largest number', () => {
  expect(histogramOf([-1e300, Number.MAX_VALUE, 0], 1)?.counts).toEqual([3]);
  expect(histogramOf([-Number.MAX_VALUE, Number.MAX_VALUE, 0], 2)?.counts).toEqual([1, 2]);
});

test('refuses buckets that are no number of them', () => {
  expect(() => histogramOf([1], 0)).toThrow(new RangeError('buckets: expected a positive integer, got 0'));
});
