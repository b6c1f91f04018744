import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { createRatingLog } from '@rl-recsys/rating-log';
import { powerLawLog } from '../src/contenders/power-law-log.js';

const sizes = { users: 200, items: 100, ratings: 4000 };
const make = (seed: number) => powerLawLog(sizes, Random.fromSeed(seed));

test('is a log of exactly so many ratings, none twice', () => {
  const log = make(1);
  const users = Array.from(log.items, (_, row) => log.offsets.findIndex((end) => end > row) - 1);
  const { users: userCount, items: itemCount } = sizes;
  // Making a log drops repeats, sorts, and refuses what is out of range.
  expect(createRatingLog({ ...log, userCount, itemCount, users })).toEqual(log);
  expect(log.items).toHaveLength(sizes.ratings);
});

test('some items are rated far more often than others', () => {
  const counts = new Int32Array(sizes.items);
  for (const item of make(1).items) counts[item]! += 1;
  expect(counts[0]).toBeGreaterThan(4 * (sizes.ratings / sizes.items)); // nearly every user has it
  expect(counts.at(-1)).toBeLessThan(sizes.ratings / sizes.items);
});

test('follows the seed', () => {
  expect(make(1)).toEqual(make(1));
  expect(make(1).items).not.toEqual(make(2).items);
});

test('fills every user to the most where there is no choice', () => {
  const { offsets } = powerLawLog({ users: 3, items: 10, ratings: 15 }, Random.fromSeed(1));
  expect([...offsets]).toEqual([0, 5, 10, 15]);
});
