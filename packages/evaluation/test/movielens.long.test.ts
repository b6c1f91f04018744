import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { createRatingLog, splitByTime, splitLeaveLastOut, type RatingLog } from '@rl-recsys/rating-log';
import { whereDataIs } from '@rl-recsys/testing';
import {
  averageOf,
  evaluateFullRanking,
  evaluateNextItem,
  evaluateReranking,
  itemMeanPolicy,
  oraclePolicy,
  popularityPolicy,
  randomPolicy,
  type RankingResult,
} from '../src/index.js';

/** MovieLens' own ids less one; the ids of neither dataset go beyond 6040 users and 3952 items. */
function readMovieLens(file: string, separator: string): RatingLog {
  const columns: number[][] = [[], [], [], []];
  for (const line of readFileSync(file, 'latin1').trimEnd().split('\n')) {
    for (const [index, field] of line.split(separator).entries()) columns[index]!.push(Number(field));
  }
  const [users, items, ratings, timestamps] = columns;
  return createRatingLog({
    userCount: 6040,
    itemCount: 3952,
    users: users!.map((id) => id - 1),
    items: items!.map((id) => id - 1),
    ratings: ratings!,
    timestamps: timestamps!,
    scale: { min: 1, max: 5 },
  });
}

interface Expected {
  readonly precision: readonly number[];
  readonly ndcg: readonly number[];
}

function expectWithin(tolerance: number, result: RankingResult, expected: Expected): void {
  for (const [index, { precision, ndcg }] of result.cutoffs.entries()) {
    expect(Math.abs(precision - expected.precision[index]!)).toBeLessThanOrEqual(tolerance);
    expect(Math.abs(ndcg - expected.ndcg[index]!)).toBeLessThanOrEqual(tolerance);
  }
}

whereDataIs('ml-100k', (folder) => {
  const log = readMovieLens(join(folder, 'u.data'), '\t');
  const split = splitByTime(log);

  test('counts the users who count', () => {
    const { users, cutoffs } = evaluateReranking(popularityPolicy(split.train), split);
    expect(users).toBe(943);
    expect(cutoffs.map(({ precisionUsers }) => precisionUsers)).toEqual([911, 599, 373]);
    expect(cutoffs.map(({ ndcgUsers }) => ndcgUsers)).toEqual([880, 594, 370]);
  });

  test('random is at its exact expectation over all orders', () => {
    const results = Array.from({ length: 10 }, (_, seed) =>
      evaluateReranking(randomPolicy(Random.fromSeed(seed)), split),
    );
    // One seed's standard deviation is up to 0.006, so that of ten is 0.002.
    expectWithin(0.006, averageOf('random', results), {
      precision: [0.5393, 0.5227, 0.469],
      ndcg: [0.6037, 0.5768, 0.5618],
    });
  });

  test('popularity', () => {
    expectWithin(0.002, evaluateReranking(popularityPolicy(split.train), split), {
      precision: [0.625, 0.612, 0.535],
      ndcg: [0.705, 0.689, 0.679],
    });
  });

  test('item mean', () => {
    expectWithin(0.002, evaluateReranking(itemMeanPolicy(split.train), split), {
      precision: [0.673, 0.654, 0.571],
      ndcg: [0.773, 0.753, 0.739],
    });
  });

  test('oracle', () => {
    expectWithin(0.002, evaluateReranking(oraclePolicy(split.test), split), {
      precision: [0.848, 0.842, 0.734],
      ndcg: [1, 1, 1],
    });
  });

  // The figures of NumPy over items that are numbered otherwise, so that equal counts fall otherwise.
  test('popularity ranks the whole catalogue, for a like later and for the next item', () => {
    const { cutoffs } = evaluateFullRanking(popularityPolicy(split.train), { ...split, cutoffs: [10] });
    expect(cutoffs[0]!.precision).toBeCloseTo(0.0785, 3);
    expect(cutoffs[0]!.ndcg).toBeCloseTo(0.0993, 3);
    const last = splitLeaveLastOut(log);
    const next = evaluateNextItem(popularityPolicy(last.train), last);
    expect(next.cutoffs[0]!.ndcgUsers).toBe(943);
    expect(next.cutoffs[0]!.hitRate).toBeCloseTo(0.0859, 3);
    expect(next.cutoffs[0]!.ndcg).toBeCloseTo(0.0449, 3);
  });
});

whereDataIs('ml-1m', (folder) => {
  const split = splitByTime(readMovieLens(join(folder, 'ratings.dat'), '::'));

  test('popularity', () => {
    expectWithin(0.002, evaluateReranking(popularityPolicy(split.train), split), {
      precision: [0.676, 0.648, 0.61],
      ndcg: [0.725, 0.71, 0.699],
    });
  });

  test('item mean', () => {
    expectWithin(0.002, evaluateReranking(itemMeanPolicy(split.train), split), {
      precision: [0.735, 0.707, 0.67],
      ndcg: [0.792, 0.778, 0.773],
    });
  });

  test('oracle', () => {
    expectWithin(0.002, evaluateReranking(oraclePolicy(split.test), split), {
      precision: [0.92, 0.897, 0.847],
      ndcg: [1, 1, 1],
    });
  });
});
