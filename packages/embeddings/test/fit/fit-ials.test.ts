import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { fingerprintOf, isLiked } from '@rl-recsys/rating-log';
import { closeTo } from '@rl-recsys/testing';
import fc from 'fast-check';
import { fitIals, historyScorer, savedFactors, UserFoldIn, vectorOf } from '../../src/index.js';
import { drawLog } from './drawn-stars.js';
import { ratingsOf } from './planted-log.js';
import { ridge } from './ridge-reference.js';

const random = Random.fromSeed(1);

test("users' vectors are the weighted ridge regression whose penalty grows with their likes", async () => {
  const shapes = fc.record({
    seed: fc.nat(),
    factors: fc.integer({ min: 1, max: 37 }),
    users: fc.integer({ min: 2, max: 40 }),
    items: fc.integer({ min: 2, max: 12 }),
    exponent: fc.constantFrom(0, 0.5, 1),
  });
  await fc.assert(
    fc.asyncProperty(shapes, async ({ seed, factors, users, items, exponent }) => {
      const log = drawLog(seed, users, items);
      fc.pre(log.ratings.some((rating) => rating >= 4));
      const options = { factors, iterations: 1, regularization: 0.3, unobservedWeight: 0.2, exponent };
      const model = await fitIals(log, { random, ...options });
      const likes = ratingsOf(log).filter(({ rating }) => isLiked(rating, log.scale));
      const expected = Array.from({ length: users }, (_, user) => {
        const liked = new Set(likes.filter((each) => each.user === user).map(({ item }) => item));
        if (liked.size === 0) return new Array<number>(factors).fill(0);
        // (1 − p·q)² once for a like, and α₀ (p·q)² for every item.
        const features = Array.from({ length: items }, (_, item) => [...vectorOf(model.items, item)]);
        const rows = features.map((each) => ({ features: each, target: 0, weight: 0.2 }));
        for (const item of liked) rows.push({ features: features[item]!, target: 1, weight: 1 });
        const penalty = 0.3 * (liked.size + 0.2 * items) ** exponent;
        return ridge(rows, new Array<number>(factors).fill(penalty));
      });
      expect([...model.users.vectors]).toEqual(closeTo(expected.flat(), 4));
    }),
    { seed: 1, numRuns: 40 },
  );
});

test("items' vectors too: their penalty counts users", async () => {
  const log = drawLog(5, 12, 6);
  const options = { random, factors: 3, regularization: 0.3, unobservedWeight: 0.2 };
  const [one, two] = [
    await fitIals(log, { ...options, iterations: 1 }),
    await fitIals(log, { ...options, iterations: 2 }),
  ];
  const likes = ratingsOf(log).filter(({ rating }) => isLiked(rating, log.scale));
  for (let item = 0; item < 6; item++) {
    const likers = likes.filter((each) => each.item === item).map(({ user }) => user);
    const features = Array.from({ length: 12 }, (_, user) => [...vectorOf(one.users, user)]);
    const rows = features.map((each) => ({ features: each, target: 0, weight: 0.2 }));
    for (const user of likers) rows.push({ features: features[user]!, target: 1, weight: 1 });
    const penalty = 0.3 * (likers.length + 0.2 * 12);
    const expected = likers.length === 0 ? [0, 0, 0] : ridge(rows, [penalty, penalty, penalty]);
    expect([...vectorOf(two.items, item)]).toEqual(closeTo(expected, 4));
  }
});

test('a user who is new scores as one of the fit with the same history', async () => {
  const log = drawLog(7, 30, 20);
  const model = await fitIals(log, { random, factors: 6, regularization: 0.1 });
  const foldIn = new UserFoldIn(model);
  const scorer = historyScorer(savedFactors('iALS', model));
  const scores = new Float32Array(20);
  for (let user = 0; user < 30; user++) {
    const rows = [log.offsets[user]!, log.offsets[user + 1]!] as const;
    const history = { items: log.items.slice(...rows), ratings: log.ratings.slice(...rows) };
    const own = vectorOf(model.users, user);
    expect([...foldIn.fold(history).vector]).toEqual(closeTo(own, 5));
    scorer.score(history, scores);
    const known = Array.from({ length: 20 }, (_, item) =>
      vectorOf(model.items, item).reduce((sum, q, k) => sum + q * own[k]!, 0),
    );
    expect([...scores]).toEqual(closeTo(known, 5));
  }
});

describe('what it says and refuses', () => {
  const log = drawLog(3, 10, 8);

  test('the defaults, the rule and what it has seen', async () => {
    const model = await fitIals(log, { random });
    expect(model.items.size).toBe(64);
    expect(model.mean).toBe(0);
    expect(model.foldIn).toEqual({
      ...{ kind: 'ials', regularization: 0.01, unobservedWeight: 0.3, exponent: 1, likedFrom: 4 },
    });
    expect(model.fittedOn).toEqual(fingerprintOf(log));
  });

  test('options out of range, and logs without likes', async () => {
    for (const name of ['regularization', 'unobservedWeight']) {
      await expect(fitIals(log, { random, [name]: 0 })).rejects.toThrow(
        new RangeError(`${name}: expected a positive number, got 0`),
      );
    }
    await expect(fitIals(log, { random, exponent: -1 })).rejects.toThrow(
      new RangeError('exponent: expected a number from 0, got -1'),
    );
    await expect(fitIals(log, { random, factors: 0 })).rejects.toThrow(
      'factors: expected a positive integer',
    );
    const bored = { ...log, ratings: log.ratings.map(() => 1) };
    await expect(fitIals(bored, { random })).rejects.toThrow(new RangeError('log: expected likes, got none'));
  });
});
