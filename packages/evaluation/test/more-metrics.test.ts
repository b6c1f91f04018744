import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import fc from 'fast-check';
import {
  areaUnderCurveOf,
  clickThroughRateOf,
  gradedNdcgAt,
  meanAbsoluteError,
  ndcgAt,
  precisionAt,
  rootMeanSquaredError,
  rPrecision,
  serendipityAt,
} from '../src/index.js';

const [yes, no] = [true, false];

describe('R-precision', () => {
  test('is the precision at as many items as are relevant', () => {
    expect(rPrecision([yes, no, yes, yes], 3)).toBeCloseTo(2 / 3, 12);
    expect(rPrecision([yes, yes], 4)).toBe(0.5); // what was not shown is a miss
    expect(rPrecision([no, no], 0)).toBeNaN();
    expect(() => rPrecision([yes, yes], 1)).toThrow('positives: expected an integer of at least the 2 shown');
  });

  test('agrees with precision at R', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1 }), (relevant) => {
        const positives = relevant.filter(Boolean).length;
        if (positives > 0) {
          expect(rPrecision(relevant, positives)).toBe(precisionAt(positives, relevant));
        }
      }),
    );
  });
});

describe('graded NDCG', () => {
  test('of three grades, by hand', () => {
    // 1 + 3 / log2 3 of at best 3 + 2 / log2 3, looking at two.
    const expected = (1 + 3 / Math.log2(3)) / (3 + 2 / Math.log2(3));
    expect(gradedNdcgAt(2, [1, 3, 2], [3, 0, 1, 2])).toBeCloseTo(expected, 12);
    expect(gradedNdcgAt(2, [1e308, 1e308], [1e308, 1e308])).toBeCloseTo(1, 12);
    expect(gradedNdcgAt(3, [3, 2, 1], [1, 2, 3])).toBeCloseTo(1, 12);
    expect(gradedNdcgAt(2, [0, 0], [0, 0, 0])).toBeNaN();
  });

  test('with gains of 0 and 1 is NDCG', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1 }), fc.integer({ min: 1, max: 9 }), (relevant, k) => {
        const gains = relevant.map((each) => (each ? 1 : 0));
        const positives = relevant.filter(Boolean).length;
        if (positives > 0)
          expect(gradedNdcgAt(k, gains, gains)).toBeCloseTo(ndcgAt(k, relevant, positives), 12);
      }),
    );
  });

  test('a gain below 0 is refused', () => {
    const message = 'gains[1]: expected a finite number of 0 or more, got -1';
    expect(() => gradedNdcgAt(2, [0, -1], [0, 1])).toThrow(message);
    expect(() => gradedNdcgAt(2, [0, 1], [0, Infinity])).toThrow('allGains[1]');
  });
});

describe('AUC', () => {
  test('counts pairs in order, and equal ones half', () => {
    expect(areaUnderCurveOf([3, 2, 1], [yes, no, no])).toBe(1);
    expect(areaUnderCurveOf([3, 2, 1], [no, no, yes])).toBe(0);
    expect(areaUnderCurveOf([1, 1, 1, 1], [yes, no, yes, no])).toBe(0.5);
    // Of 2 · 2 pairs: 4 > 3, 4 > 1, 2 > 1 are right, 2 < 3 is not.
    expect(areaUnderCurveOf([4, 3, 2, 1], [yes, no, yes, no])).toBe(0.75);
    expect(areaUnderCurveOf([Infinity, Infinity, -Infinity], [yes, no, no])).toBe(0.75);
    expect(areaUnderCurveOf([1, 2], [yes, yes])).toBeNaN();
  });

  test('is the share of pairs, counted one by one', () => {
    const scored = fc.array(fc.record({ score: fc.integer({ min: 0, max: 5 }), relevant: fc.boolean() }));
    fc.assert(
      fc.property(scored, (rows) => {
        const [own, others] = [true, false].map((side) => rows.filter(({ relevant }) => relevant === side));
        const wins = own!.flatMap(({ score }) =>
          others!.map((other) => (score > other.score ? 1 : score === other.score ? 0.5 : 0)),
        );
        const expected = wins.reduce<number>((sum, each) => sum + each, 0) / wins.length;
        const got = areaUnderCurveOf(
          rows.map(({ score }) => score),
          rows.map(({ relevant }) => relevant),
        );
        expect(got).toEqual(wins.length === 0 ? NaN : expect.closeTo(expected, 12));
      }),
    );
  });

  test('of scores by chance is a half', () => {
    const random = Random.fromSeed(1);
    const scores = Array.from({ length: 20_000 }, () => random.uniform());
    const relevant = scores.map(() => random.uniform() < 0.3);
    expect(Math.abs(areaUnderCurveOf(scores, relevant) - 0.5)).toBeLessThan(0.02); // five deviations
  });

  test('what is no number is refused', () => {
    expect(() => areaUnderCurveOf([1, NaN], [yes, no])).toThrow('scores[1]: expected a number, got NaN');
    expect(() => areaUnderCurveOf([1], [yes, no])).toThrow('relevant: expected 1, one for each score, got 2');
  });
});

test('errors of predicted ratings, by hand', () => {
  expect(rootMeanSquaredError([4, 3, 1], [5, 3, 3])).toBeCloseTo(Math.sqrt(5 / 3), 12);
  expect(meanAbsoluteError([4, 3, 1], [5, 3, 3])).toBe(1);
  expect(rootMeanSquaredError([], [])).toBeNaN();
  expect(() => meanAbsoluteError([1], [1, 2])).toThrow('predictions: expected 2, one for each rating, got 1');
});

test('serendipity leaves out what was expected', () => {
  expect(serendipityAt(4, [7, 3, 9, 1], [yes, yes, no, yes], [3, 9])).toBe(0.5);
  expect(serendipityAt(2, [7, 3], [yes, yes], [])).toBe(1);
  expect(serendipityAt(4, [7], [yes], [])).toBe(0.25); // what was not shown is a miss
  expect(() => serendipityAt(1, [7], [], [])).toThrow('relevant: expected 1, one for each item, got 0');
});

test('click-through rate is over all that was shown', () => {
  expect(clickThroughRateOf([{ rewards: [1, 0, 0] }, { rewards: [1] }])).toBe(0.5);
  expect(clickThroughRateOf([{ rewards: [-1, 0, 0.5, 2] }])).toBe(0.5);
  expect(clickThroughRateOf([])).toBeNaN();
});
