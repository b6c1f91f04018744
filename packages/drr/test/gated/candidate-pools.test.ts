import type { HistoryScorer } from '@rl-recsys/embeddings/scores';
import { Random } from '@rl-recsys/random';
import { createRatingLog } from '@rl-recsys/rating-log';
import { expect, test } from '@jest/globals';
import { createCandidatePools, type PoolOptions } from '../../src/gated/candidate-pools.js';

/** Two users: one rated items 0, 1 and 2 and then 3, 7 and 6; the other item 9 and then 0. */
const log = createRatingLog({
  ...{ userCount: 2, itemCount: 10, scale: { min: 1, max: 5 } },
  users: [0, 0, 0, 0, 0, 0, 1, 1],
  items: [0, 1, 2, 3, 7, 6, 9, 0],
  ratings: [5, 5, 5, 5, 5, 5, 5, 5],
  timestamps: [1, 2, 3, 4, 5, 6, 1, 2],
});
const moments = { users: Int32Array.of(0, 1), starts: Int32Array.of(3, 7), ends: Int32Array.of(6, 8) };

const scorer = (name: string, scoreOf: (item: number) => number): HistoryScorer => ({
  ...{ name, itemCount: 10, fittedOn: [] },
  score: (_, scores) => void scores.forEach((__, item) => (scores[item] = scoreOf(item))),
});
const scorers = [scorer('up', (item) => item), scorer('odd', (item) => item % 2)];
const catalogue = { scale: log.scale, popularity: new Float32Array(10) };

const poolsOf = (options: Partial<PoolOptions>, of = scorers) =>
  createCandidatePools(log, moments, of, catalogue, {
    ...{ mixes: [[1, 0]], best: 3, any: 0, random: Random.fromSeed(1) },
    ...options,
  });

test('a pool is what comes next and was not found, what comes next and was, and what else was found', () => {
  const pools = poolsOf({});
  // The best three are 9, 8 and 7 for the first, and 8, 7 and 6 for the second, who rated 9 before.
  expect([...pools.items]).toEqual([3, 6, 7, 9, 8, 0, 8, 7, 6]);
  expect([...pools.offsets]).toEqual([0, 5, 9]);
  expect([...pools.foundFrom]).toEqual([2, 6]);
  expect([...pools.unratedFrom]).toEqual([3, 6]);
  expect([...pools.unratedCounts]).toEqual([7, 9]);
});

test('each row has the scores of its item', () => {
  const { scores, items } = poolsOf({});
  // Of the first user's seven, 3 to 9: mean 6, deviation 2; odd are four of them.
  for (const [row, item] of [...items].slice(0, 5).entries()) {
    expect(scores[2 * row]).toBeCloseTo((item - 6) / 2, 4);
    expect(scores[2 * row + 1]).toBeCloseTo(((item % 2) - 4 / 7) / Math.sqrt(12 / 49), 4);
  }
});

test('nothing that was rated before is found, however many are asked for, by any mix or at random', () => {
  const found = ({ items, unratedFrom, offsets }: ReturnType<typeof poolsOf>) =>
    [...items.slice(unratedFrom[0], offsets[1])].sort();
  expect(found(poolsOf({ best: 10 }))).toEqual([4, 5, 8, 9]);
  expect(
    found(
      poolsOf({
        best: 2,
        mixes: [
          [-1, 0],
          [1, 0],
        ],
      }),
    ),
  ).toEqual([4, 8, 9]); // 3 comes next
  expect(found(poolsOf({ best: 1, mixes: [[0, 1]] }))).toEqual([]); // 3, the first of the odd ones, comes next
  expect(found(poolsOf({ best: 1, any: 1000 }))).toEqual([4, 5, 8, 9]);
});

test('scorers of another catalogue are refused', () => {
  const few = scorers.map((each) => ({ ...each, itemCount: 9 }));
  expect(() => poolsOf({}, few)).not.toThrow(); // nobody comes to 9
  expect(() =>
    poolsOf(
      {},
      few.map((each) => ({ ...each, itemCount: 6 })),
    ),
  ).toThrow('log: expected the items of the scorers');
});
