import { describe, expect, test } from '@jest/globals';
import {
  cosineSimilarity,
  coverageOf,
  diversityOf,
  exposureOf,
  giniOf,
  jaccardSimilarity,
  noveltyOf,
  repeatRateOf,
  selfInformationOf,
} from '../src/index.js';
import { logOf } from './logs.js';

describe('exposure', () => {
  test('counts how often each item was shown, and names an item that there is not', () => {
    expect(exposureOf([[0, 2], Int32Array.of(2), []], 4)).toEqual(Int32Array.of(1, 0, 2, 0));
    expect(() => exposureOf([[4]], 4)).toThrow('lists: expected items below 4, got 4');
    expect(() => exposureOf([[-1]], 4)).toThrow('got -1');
  });

  test('coverage is the share of all items that were shown at all', () => {
    expect(coverageOf([1, 0, 2, 0])).toBe(1 / 2);
    expect(coverageOf([5, 5])).toBe(1);
    expect(coverageOf([])).toBeNaN();
  });

  test('Gini is 0 for equal exposure, (n − 1) / n for one item, and counts what was never shown', () => {
    expect(giniOf([3, 3, 3])).toBe(0);
    expect(giniOf([0, 0, 7, 0])).toBe(3 / 4);
    // Sorted 0, 0, 1, 3 with weights −3, −1, 1, 3: 10 / (4 · 4).
    expect(giniOf([1, 0, 3, 0])).toBe(10 / 16);
    expect(giniOf([10, 9, 100])).toBe(giniOf([100, 9, 10])); // sorted as numbers, not as text
    expect(giniOf([10, 9, 100])).toBeCloseTo((2 * 100 - 2 * 9) / (3 * 119), 12);
    expect(giniOf([0, 0])).toBeNaN();
  });
});

test('novelty is the mean self-information, where what nobody rated counts as rated once', () => {
  const rated = (...items: number[]) => items.map((item) => ({ item, rating: 1 }));
  const bits = selfInformationOf(logOf(4, [rated(0, 1, 2), rated(0, 1), rated(0), rated(0)]));
  expect(bits).toEqual(Float64Array.of(0, 1, 2, 2));
  expect(noveltyOf([0, 1, 2], bits)).toBe(1);
  expect(noveltyOf([], bits)).toBeNaN();
  expect(() => noveltyOf([9], bits)).toThrow('list: expected items below 4, got 9');
});

describe('intra-list diversity', () => {
  test('by categories is one less the mean Jaccard index of all pairs', () => {
    const similarity = jaccardSimilarity([['comedy', 'war'], ['war'], ['drama'], [], []]);
    expect(similarity(0, 1)).toBe(1 / 2);
    expect(similarity(3, 4)).toBe(0);
    // Pairs: 1/2, 0, 0.
    expect(diversityOf([0, 1, 2], similarity)).toBeCloseTo(1 - 1 / 6, 12);
    expect(diversityOf([1, 1], similarity)).toBe(0);
    expect(() => similarity(0, 5)).toThrow('item: expected 0 to 4, got 5');
  });

  test('by vectors is one less the mean cosine of all pairs, whatever their lengths', () => {
    const vectors = Float32Array.of(3, 0, 5, 5, 0, -2, 0, 0);
    const similarity = cosineSimilarity({ rows: 4, size: 2, vectors });
    expect(similarity(0, 1)).toBeCloseTo(Math.SQRT1_2, 12);
    expect(similarity(1, 2)).toBeCloseTo(-Math.SQRT1_2, 12);
    expect(similarity(0, 3)).toBe(0);
    expect(diversityOf([0, 1, 2], similarity)).toBeCloseTo(1, 12); // √½, 0 and −√½
    expect(() => similarity(4, 0)).toThrow('item: expected 0 to 3, got 4');
  });

  test('of fewer than two items does not exist', () => {
    expect(diversityOf([1], () => 1)).toBeNaN();
    expect(diversityOf([], () => 1)).toBeNaN();
  });
});

test('the repeat rate is the share of items shown before', () => {
  expect(repeatRateOf([1, 2, 1, 1])).toBe(1 / 2);
  expect(repeatRateOf(Int32Array.of(3, 2, 1))).toBe(0);
  expect(repeatRateOf([])).toBeNaN();
});
