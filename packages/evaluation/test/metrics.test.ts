import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  averagePrecisionAt,
  hitRateAt,
  ndcgAt,
  precisionAt,
  recallAt,
  reciprocalRankAt,
} from '../src/index.js';

const ranking = fc.array(fc.boolean(), { maxLength: 25 });
const cutoff = fc.integer({ min: 1, max: 25 });
const hitsOf = (relevant: readonly boolean[]) => relevant.filter(Boolean).length;

describe('precisionAt', () => {
  test('is the hits in the first k over k', () => {
    const relevant = [true, false, true, true, false];
    expect(precisionAt(1, relevant)).toBe(1);
    expect(precisionAt(2, relevant)).toBe(1 / 2);
    expect(precisionAt(3, relevant)).toBe(2 / 3);
    expect(precisionAt(5, relevant)).toBe(3 / 5);
  });

  test('counts what a short ranking did not show as a miss', () => {
    expect(precisionAt(4, [true, true])).toBe(1 / 2);
    expect(precisionAt(4, [])).toBe(0);
  });
});

describe('ndcgAt', () => {
  test('is the discounted gain over the best possible one', () => {
    // Ranks 1 and 3 of two positives: (1 + 1 / log2 4) / (1 + 1 / log2 3).
    expect(ndcgAt(3, [true, false, true], 2)).toBeCloseTo(1.5 / (1 + 0.63093), 5);
    // Rank 2 of one positive: 1 / log2 3.
    expect(ndcgAt(5, [false, true, false, false, false], 1)).toBeCloseTo(0.63093, 5);
  });

  test('takes its ideal from all positives, not from the hits', () => {
    // One hit at rank 1 where three were to be had: 1 / (1 + 0.63093 + 0.5), not 1.
    expect(ndcgAt(3, [true, false, false], 3)).toBeCloseTo(1 / 2.13093, 5);
  });

  test('takes its ideal from the first k places only', () => {
    expect(ndcgAt(2, [true, true, false, false], 9)).toBe(1);
  });

  test('looks at the first k items only', () => {
    expect(ndcgAt(2, [false, false, true], 1)).toBe(0);
  });

  test('is NaN without a positive, and 0 where none of the positives is shown', () => {
    expect(ndcgAt(2, [false, false], 0)).toBeNaN();
    expect(ndcgAt(2, [false, false], 1)).toBe(0);
  });

  test('stays in [0, 1] and is 1 exactly when the positives come first', () => {
    fc.assert(
      fc.property(ranking, cutoff, fc.nat({ max: 5 }), (relevant, k, notShown) => {
        const positives = hitsOf(relevant) + notShown;
        fc.pre(positives > 0);
        const ndcg = ndcgAt(k, relevant, positives);
        const first = relevant.slice(0, Math.min(k, positives));
        const isIdeal = hitsOf(first) === Math.min(k, positives);
        return ndcg >= 0 && ndcg <= 1 && (ndcg === 1) === isIdeal;
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('falls when a relevant item changes places with an irrelevant one below it', () => {
    fc.assert(
      fc.property(ranking, (relevant) => {
        const place = relevant.findIndex((one, index) => one && relevant[index + 1] === false);
        fc.pre(place !== -1);
        const worse = [...relevant];
        worse[place] = false;
        worse[place + 1] = true;
        const [k, positives] = [relevant.length, hitsOf(relevant)];
        return ndcgAt(k, worse, positives) < ndcgAt(k, relevant, positives);
      }),
      { seed: 2 },
    );
  });
});

describe('recallAt', () => {
  test('is the hits in the first k over all positives', () => {
    expect(recallAt(2, [true, false, true], 4)).toBe(1 / 4);
    expect(recallAt(3, [true, false, true], 4)).toBe(1 / 2);
    // Not divided by min(k, positives): even the best ranking of 1 finds one of four.
    expect(recallAt(1, [true], 4)).toBe(1 / 4);
    expect(recallAt(2, [false], 0)).toBeNaN();
  });
});

describe('averagePrecisionAt', () => {
  test('is the mean precision at the ranks of the relevant', () => {
    // Ranks 1, 3 and 5 of three: (1/1 + 2/3 + 3/5) / 3.
    expect(averagePrecisionAt(5, [true, false, true, false, true], 3)).toBeCloseTo(34 / 45, 12);
    expect(averagePrecisionAt(3, [true, false, true, false, true], 3)).toBeCloseTo(5 / 9, 12);
  });

  test('is divided by what the best ranking has, not by the hits nor by all positives', () => {
    expect(averagePrecisionAt(2, [false, true], 3)).toBe(1 / 4);
    expect(averagePrecisionAt(2, [true, true], 9)).toBe(1);
    expect(averagePrecisionAt(2, [false, false], 1)).toBe(0);
    expect(averagePrecisionAt(2, [false, false], 0)).toBeNaN();
  });
});

describe('reciprocalRankAt', () => {
  test('looks at the first relevant item alone', () => {
    expect(reciprocalRankAt(5, [false, false, true, true], 2)).toBe(1 / 3);
    expect(reciprocalRankAt(2, [false, false, true, true], 2)).toBe(0);
    expect(reciprocalRankAt(2, [], 1)).toBe(0);
    expect(reciprocalRankAt(2, [false], 0)).toBeNaN();
  });
});

describe('hitRateAt', () => {
  test('is whether the first k hold a relevant item', () => {
    expect(hitRateAt(2, [false, true, true], 2)).toBe(1);
    expect(hitRateAt(1, [false, true, true], 2)).toBe(0);
    expect(hitRateAt(1, [false], 0)).toBeNaN();
  });
});

test('all but recall are 1 for the best ranking, and all stay in [0, 1]', () => {
  fc.assert(
    fc.property(ranking, cutoff, fc.integer({ min: 1, max: 5 }), (relevant, k, notShown) => {
      const positives = hitsOf(relevant) + notShown;
      const best = Array.from({ length: 30 }, (_, place) => place < positives);
      const measures = [recallAt, averagePrecisionAt, reciprocalRankAt, hitRateAt, ndcgAt];
      for (const measure of measures.slice(1)) expect(measure(k, best, positives)).toBe(1);
      for (const measure of measures) {
        const score = measure(k, relevant, positives);
        expect(score >= 0 && score <= 1).toBe(true);
      }
    }),
    { seed: 7 },
  );
});

test('bad arguments are named', () => {
  for (const measure of [recallAt, averagePrecisionAt, reciprocalRankAt, hitRateAt]) {
    expect(() => measure(0, [true], 1)).toThrow('k: expected a positive integer, got 0');
    expect(() => measure(1, [true, true], 1)).toThrow('positives: expected an integer of at least the 2');
  }
  expect(() => precisionAt(0, [true])).toThrow('k: expected a positive integer, got 0');
  expect(() => ndcgAt(1.5, [true], 1)).toThrow('k: expected a positive integer, got 1.5');
  // Hits below the cutoff count too: fewer positives than hits would let NDCG rise above 1.
  expect(() => ndcgAt(1, [true, true], 1)).toThrow(
    'positives: expected an integer of at least the 2 shown, got 1',
  );
  expect(() => ndcgAt(1, [true], NaN)).toThrow('got NaN');
});
