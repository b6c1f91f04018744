import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { isLiked, type RatingLog } from '@rl-recsys/rating-log';
import { closeTo } from '@rl-recsys/testing';
import fc from 'fast-check';
import {
  fitImplicitFactorization,
  fitMatrixFactorization,
  vectorOf,
  type MatrixFactorization,
} from '../../src/index.js';
import { drawLog } from './drawn-stars.js';
import { drawPlantedRatings, logOf, ratingsOf } from './planted-log.js';
import { ridge } from './ridge-reference.js';

const random = Random.fromSeed(1);

/** What the items' vectors must be where the users' are as they are. */
function itemsByReference(log: RatingLog, model: MatrixFactorization): number[] {
  const { foldIn: rule, users, mean, userBias } = model;
  const ratings = ratingsOf(log);
  return Array.from({ length: log.itemCount }, (_, item) => {
    const own = ratings.filter((each) => each.item === item);
    if (rule.kind === 'likes') {
      const likers = own.filter(({ rating }) => isLiked(rating, log.scale)).map(({ user }) => user);
      if (likers.length === 0) return new Array<number>(users.size).fill(0);
      const rows = Array.from({ length: log.userCount }, (_, user) => ({
        features: [...vectorOf(users, user)],
        target: likers.includes(user) ? 1 : 0,
        weight: likers.includes(user) ? 1 + rule.confidence : 1,
      }));
      return ridge(rows, new Array<number>(users.size).fill(rule.regularization));
    }
    if (rule.kind !== 'ratings') throw new Error(`no reference for ${rule.kind}`);
    const { biasRegularization } = rule;
    const rows = own.map(({ user, rating }) => ({
      features: [...vectorOf(users, user), ...(biasRegularization === null ? [] : [1])],
      target: rating - mean - userBias[user]!,
    }));
    const penalties = new Array<number>(users.size).fill(rule.regularization);
    return ridge(rows, biasRegularization === null ? penalties : [...penalties, biasRegularization]);
  }).flat();
}

function itemsOf({ items, itemBias, foldIn }: MatrixFactorization): number[] {
  const hasBias = foldIn.kind === 'ratings' && foldIn.biasRegularization !== null;
  return Array.from({ length: items.rows }, (_, item) => [
    ...vectorOf(items, item),
    ...(hasBias ? [itemBias[item]!] : []),
  ]).flat();
}

describe('each half of a sweep is the ridge regression that float64 gives', () => {
  const shapes = fc.record({
    seed: fc.nat(),
    factors: fc.integer({ min: 1, max: 37 }),
    users: fc.integer({ min: 2, max: 40 }),
    items: fc.integer({ min: 2, max: 12 }),
  });

  test.each([true, false])('of ratings, with biases: %p', (biases) => {
    fc.assert(
      fc.property(shapes, ({ seed, factors, users, items }) => {
        const log = drawLog(seed, users, items);
        fc.pre(log.items.length > 0);
        const penalties = { regularization: 0.5, biasRegularization: 0.2 };
        const model = fitMatrixFactorization(log, { random, factors, biases, iterations: 2, ...penalties });
        expect(itemsOf(model)).toEqual(closeTo(itemsByReference(log, model), 3));
        if (!biases) expect([...model.userBias, ...model.itemBias].every((bias) => bias === 0)).toBe(true);
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  test('of likes: all users count, those who like it more', () => {
    fc.assert(
      fc.property(shapes, ({ seed, factors, users, items }) => {
        const log = drawLog(seed, users, items);
        fc.pre(log.ratings.some((rating) => rating >= 4));
        const options = { factors, iterations: 2, regularization: 0.5, confidence: 3 };
        const model = fitImplicitFactorization(log, { random, ...options });
        expect(itemsOf(model)).toEqual(closeTo(itemsByReference(log, model), 3));
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  test('of a user with more ratings than are gathered at once', () => {
    const log = drawLog(3, 3000, 3);
    const model = fitMatrixFactorization(log, { random, factors: 5, iterations: 2, regularization: 50 });
    expect(log.items.length).toBeGreaterThan(3000);
    expect(itemsOf(model)).toEqual(closeTo(itemsByReference(log, model), 3));
  });
});

describe('likes', () => {
  /** Users of two kinds, who each like 8 of their own kind's 10 items. */
  const ratings = Array.from({ length: 40 }, (_, user) =>
    random
      .fork(`likes of ${user}`)
      .shuffle(Array.from({ length: 10 }, (_, place) => 10 * (user % 2) + place))
      .slice(0, 8)
      .map((item) => ({ user, item, rating: 100 })),
  ).flat();

  test('what the user does not know ranks by taste', () => {
    const model = fitImplicitFactorization(logOf(ratings), { random, factors: 2, regularization: 1 });
    const score = (user: number, item: number) =>
      vectorOf(model.users, user).reduce((sum, p, k) => sum + p * vectorOf(model.items, item)[k]!, 0);
    for (let user = 0; user < 40; user++) {
      const seen = new Set(ratings.filter((each) => each.user === user).map(({ item }) => item));
      for (let item = 0; item < 20; item++) {
        if (!seen.has(item) && item >= 10 === (user % 2 === 1)) {
          expect(score(user, item)).toBeGreaterThan(score(user, 19 - item) + 0.3);
        }
      }
    }
  });

  test('the mean and the biases are zeros, and the rule says how', () => {
    const model = fitImplicitFactorization(logOf(ratings), { random });
    expect(model.mean).toBe(0);
    expect([...model.userBias, ...model.itemBias].every((bias) => bias === 0)).toBe(true);
    expect(model.items.size).toBe(32);
    expect(model.foldIn).toEqual({ kind: 'likes', regularization: 5, confidence: 5, likedFrom: 50 });
  });

  test('ratings that are no like change nothing but what was seen', () => {
    const more = [...ratings, { user: 0, item: 12, rating: 49 }];
    const [without, with_] = [ratings, more].map((each) => fitImplicitFactorization(logOf(each), { random }));
    expect(with_!.users).toEqual(without!.users);
    expect(with_!.items).toEqual(without!.items);
    expect(with_!.fittedOn.items.length).toBe(without!.fittedOn.items.length + 1);
  });

  test('a log without them is refused, like options out of range', () => {
    const bored = logOf([{ user: 0, item: 0, rating: 49 }]);
    expect(() => fitImplicitFactorization(bored, { random })).toThrow(
      new RangeError('log: expected likes, got none'),
    );
    for (const name of ['confidence', 'regularization']) {
      expect(() => fitImplicitFactorization(logOf(ratings), { random, [name]: 0 })).toThrow(
        new RangeError(`${name}: expected a positive number, got 0`),
      );
    }
    expect(() => fitImplicitFactorization(logOf(ratings), { random, factors: 1.5 })).toThrow(
      new RangeError('factors: expected a positive integer, got 1.5'),
    );
  });

  test('the same seed fits the same model', () => {
    const fit = (seed: number) => fitImplicitFactorization(logOf(ratings), { random: Random.fromSeed(seed) });
    expect(fit(1)).toEqual(fit(1));
    expect(fit(1).items).not.toEqual(fit(2).items);
  });
});

test('early stopping keeps the best sweep, and never sees the held-out slice', () => {
  const log = logOf(drawPlantedRatings(Random.fromSeed(4), 30, 40));
  const losses: number[] = [];
  const options = { random, factors: 12, regularization: 0.01, iterations: 30 };
  const model = fitMatrixFactorization(log, {
    ...options,
    earlyStopping: { share: 0.2, patience: 2 },
    onIteration: ({ loss }) => losses.push(loss!),
  });
  const best = losses.indexOf(Math.min(...losses));
  expect(losses.length).toBeLessThan(30);
  expect(losses.length).toBe(best + 3);
  expect(model.fittedOn.items.length).toBe(log.items.length);
});
