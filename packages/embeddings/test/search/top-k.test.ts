import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { topK, type ScoredItem } from '../../src/index.js';

/** Sorting everything, which is stable. */
function model(scores: ArrayLike<number>, k: number): ScoredItem[] {
  return Array.from(scores, (score, item) => ({ item, score }))
    .filter(({ score }) => score > -Infinity)
    .sort((a, b) => (a.score === b.score ? a.item - b.item : b.score > a.score ? 1 : -1))
    .slice(0, k);
}

describe('by hand', () => {
  test('best first, of equal ones the lower index', () => {
    expect(topK([1, 5, 3, 5, 4], 3)).toEqual([
      { item: 1, score: 5 },
      { item: 3, score: 5 },
      { item: 4, score: 4 },
    ]);
    expect(topK([2, 2, 2], 2).map(({ item }) => item)).toEqual([0, 1]);
  });

  test('a forbidden item is never returned, though all others are negative', () => {
    expect(topK([-3, -Infinity, -1, NaN], 4).map(({ item }) => item)).toEqual([2, 0]);
    expect(topK([NaN, -1, -Infinity], 1)).toEqual([{ item: 1, score: -1 }]);
    expect(topK([NaN, -Infinity], 1)).toEqual([]);
  });

  test('fewer than k where there are not as many', () => {
    expect(topK(Float32Array.of(1, 2), 10).map(({ item }) => item)).toEqual([1, 0]);
    expect(topK([], 3)).toEqual([]);
  });

  test('the lowest finite score counts, and +∞ may win', () => {
    expect(topK([-Number.MAX_VALUE], 1)).toEqual([{ item: 0, score: -Number.MAX_VALUE }]);
    expect(topK([1, Infinity, 2], 1)).toEqual([{ item: 1, score: Infinity }]);
  });
});

test('agrees with sorting', () => {
  const score = fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: -4, max: 4 }) },
    { weight: 2, arbitrary: fc.double({ noNaN: true }) },
    { weight: 1, arbitrary: fc.constantFrom(-Infinity, NaN, Infinity, -0) },
  );
  fc.assert(
    fc.property(fc.array(score, { maxLength: 60 }), fc.integer({ min: 1, max: 70 }), (scores, k) => {
      expect(topK(scores, k)).toEqual(model(scores, k));
    }),
    { seed: 1, numRuns: 500 },
  );
});

test.each([0, -1, 1.5, NaN, Infinity])('k = %p is refused', (k) => {
  expect(() => topK([1, 2], k)).toThrow(new RangeError(`k: expected a positive integer, got ${k}`));
});
