import { Random } from '@rl-recsys/random';
import { splitByTime } from '@rl-recsys/rating-log';
import { expect, test } from '@jest/globals';
import {
  evaluateFullRanking,
  evaluateReranking,
  itemMeanPolicy,
  popularityPolicy,
  randomPolicy,
} from '../src/index.js';
import { logOf } from './logs.js';

const [ITEMS, USERS] = [600_000, 20];

test('600,000 items are evaluated in 4 GiB', () => {
  const each = ITEMS / USERS;
  const rated = (user: number) =>
    Array.from({ length: each }, (_, place) => ({ item: user * each + place, rating: 1 + (place % 5) }));
  const log = logOf(
    ITEMS,
    Array.from({ length: USERS }, (_, user) => rated(user)),
  );
  const split = splitByTime(log);
  for (const policy of [
    popularityPolicy(split.train),
    itemMeanPolicy(split.train),
    randomPolicy(Random.fromSeed(1)),
  ]) {
    const full = evaluateFullRanking(policy, split);
    const again = evaluateReranking(policy, split);
    expect([full, again].every(({ users }) => users === USERS)).toBe(true);
  }
  expect(process.resourceUsage().maxRSS).toBeLessThan(4 * 2 ** 20); // KiB
}, 300_000);
