import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ndcgAt, precisionAt } from '../src/index.js';

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

test('bad arguments are named', () => {
  expect(() => precisionAt(0, [true])).toThrow('k: expected a positive integer, got 0');
  expect(() => ndcgAt(1.5, [true], 1)).toThrow('k: expected a positive integer, got 1.5');
  // Hits below the cutoff count too: fewer positives than hits would let NDCG rise above 1.
  expect(() => ndcgAt(1, [true, true], 1)).toThrow(
    'positives: expected an integer of at least the 2 shown, got 1',
  );
  expect(() => ndcgAt(1, [true], NaN)).toThrow('got NaN');
});
