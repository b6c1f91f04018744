import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { rowsOf, splitByTime } from '@rl-recsys/rating-log';
import { syntheticRatingLog } from '../src/index.js';

const small = (seed: number) =>
  syntheticRatingLog({ users: 30, items: 60, ratingsPerUser: 10, random: Random.fromSeed(seed) });

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

function correlation(xs: number[], ys: number[]): number {
  const [x, y] = [mean(xs), mean(ys)];
  const covariance = mean(xs.map((each, place) => (each - x) * (ys[place]! - y)));
  const deviation = (values: number[], center: number) =>
    Math.sqrt(mean(values.map((value) => (value - center) ** 2)));
  return covariance / (deviation(xs, x) * deviation(ys, y));
}

describe('at the default sizes', () => {
  const log = syntheticRatingLog({ random: Random.fromSeed(1) });
  const counts = Array.from({ length: 1000 }, (_, user) => log.offsets[user + 1]! - log.offsets[user]!);

  test('there are 1000 users, 800 items, and 20 to 400 ratings a user, 100 on average', () => {
    expect([log.userCount, log.itemCount, log.scale]).toEqual([1000, 800, { min: 1, max: 5 }]);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...counts)).toBeLessThanOrEqual(400);
    // The standard error of the mean is 2.5.
    expect(Math.abs(mean(counts) - 99.3)).toBeLessThan(8);
    expect(Math.abs(mean(counts.map((count) => (count - mean(counts)) ** 2)) - 78 ** 2)).toBeLessThan(1200);
  });

  test('the stars are distributed as in MovieLens 100K', () => {
    const shares = [1, 2, 3, 4, 5].map(
      (stars) => log.ratings.filter((rating) => rating === stars).length / log.ratings.length,
    );
    expect(log.ratings.every(Number.isInteger)).toBe(true);
    for (const [place, share] of [0.061, 0.114, 0.271, 0.342, 0.212].entries()) {
      expect(Math.abs(shares[place]! - share)).toBeLessThan(0.02);
    }
    expect(mean(log.ratings)).toBeCloseTo(3.53, 1);
  });

  test('nobody rates an item twice', () => {
    for (let user = 0; user < log.userCount; user++) {
      const { start, end } = rowsOf(log, user);
      expect(new Set(log.items.subarray(start, end)).size).toBe(end - start);
    }
  });

  test('each user rates at strictly later and later whole seconds', () => {
    for (let user = 0; user < log.userCount; user++) {
      const { start, end } = rowsOf(log, user);
      const times = log.timestamps.subarray(start, end);
      expect(times.every((time, place) => place === 0 || time > times[place - 1]!)).toBe(true);
      expect(times.every(Number.isInteger)).toBe(true);
    }
  });

  test('popular items are better: popularity ranks, the mean ranks more, neither all', () => {
    const { train, test } = splitByTime(log);
    const seen = new Array<number>(log.itemCount).fill(0);
    const sums = new Array<number>(log.itemCount).fill(0);
    for (const [row, item] of train.items.entries()) {
      seen[item]! += 1;
      sums[item]! += train.ratings[row]!;
    }
    const held = Array.from(test.items);
    const stars = Array.from(test.ratings);
    const byPopularity = correlation(
      held.map((item) => Math.log(1 + seen[item]!)),
      stars,
    );
    const byMean = correlation(
      held.map((item) => (sums[item]! + 5 * 3.5) / (seen[item]! + 5)),
      stars,
    );
    expect(byPopularity).toBeGreaterThan(0.1);
    expect(byMean).toBeGreaterThan(byPopularity + 0.1);
    expect(byMean).toBeLessThan(0.5);
  });
});

test('popularity follows a power law of exponent 1', () => {
  // So few ratings a user that not even the head of the items is rated by everybody.
  const log = syntheticRatingLog({
    users: 1500,
    items: 1000,
    ratingsPerUser: 5,
    random: Random.fromSeed(1),
  });
  const counts = new Array<number>(1000).fill(0);
  for (const item of log.items) counts[item]! += 1;
  counts.sort((a, b) => b - a);
  const ranks = Array.from({ length: 91 }, (_, place) => 10 + place);
  const x = ranks.map((rank) => Math.log(rank));
  const y = ranks.map((rank) => Math.log(counts[rank - 1]!));
  const [centerX, centerY] = [mean(x), mean(y)];
  const slope =
    mean(x.map((each, place) => (each - centerX) * (y[place]! - centerY))) /
    mean(x.map((each) => (each - centerX) ** 2));
  expect(slope).toBeGreaterThan(-1.15);
  expect(slope).toBeLessThan(-0.8);
});

test('tastes differ: two users who agreed on half of the items agree on the other half', () => {
  // A quarter of the items each, so that many users share enough of them.
  const log = syntheticRatingLog({ users: 60, items: 400, ratingsPerUser: 100, random: Random.fromSeed(3) });
  const sums = new Array<number>(400).fill(0);
  const seen = new Array<number>(400).fill(0);
  for (const [row, item] of log.items.entries()) {
    sums[item]! += log.ratings[row]!;
    seen[item]! += 1;
  }
  const opinions = Array.from({ length: 60 }, (_, user) => {
    const { start, end } = rowsOf(log, user);
    const own = Array.from({ length: end - start }, (_, place) => start + place);
    const surplus = own.map((row) => log.ratings[row]! - sums[log.items[row]!]! / seen[log.items[row]!]!);
    return new Map(own.map((row, place) => [log.items[row]!, surplus[place]! - mean(surplus)]));
  });
  const agreement = (parity: number, one: Map<number, number>, other: Map<number, number>) => {
    const shared = [...one.keys()].filter((item) => item % 2 === parity && other.has(item));
    return shared.length < 20 ? undefined : mean(shared.map((item) => one.get(item)! * other.get(item)!));
  };
  const pairs = opinions.flatMap((one, place) =>
    opinions.slice(place + 1).flatMap((other) => {
      const even = agreement(0, one, other);
      const odd = agreement(1, one, other);
      return even === undefined || odd === undefined ? [] : [{ even, odd }];
    }),
  );
  expect(pairs.length).toBeGreaterThan(50);
  const agreed = correlation(
    pairs.map(({ even }) => even),
    pairs.map(({ odd }) => odd),
  );
  expect(agreed).toBeGreaterThan(0.1);
});

describe('seeds', () => {
  test('the same seed gives the same log, another seed another one', () => {
    expect(small(1)).toEqual(small(1));
    expect(small(1).items).not.toEqual(small(2).items);
  });

  test('the stream goes on, so that two logs of one stream differ', () => {
    const random = Random.fromSeed(1);
    const sizes = { users: 10, items: 40, ratingsPerUser: 10 };
    expect(syntheticRatingLog({ ...sizes, random })).not.toEqual(syntheticRatingLog({ ...sizes, random }));
  });
});

test('the smallest log has one rating at least', () => {
  const log = syntheticRatingLog({ users: 1, items: 4, ratingsPerUser: 1, random: Random.fromSeed(1) });
  expect(log.items.length).toBeGreaterThanOrEqual(1);
});

test.each([
  ['users: expected a positive integer, got 0', { users: 0 }],
  ['items: expected a positive integer, got 10.5', { items: 10.5 }],
  ['ratingsPerUser: expected a positive integer, got -1', { ratingsPerUser: -1 }],
  ['ratingsPerUser: expected at most 50, a quarter of the items, got 51', { items: 203, ratingsPerUser: 51 }],
])('%s', (message, sizes) => {
  expect(() => syntheticRatingLog({ ...sizes, random: Random.fromSeed(1) })).toThrow(message);
});
