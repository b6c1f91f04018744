import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { createRatingLog, fingerprintOf, type RatingLog } from '@rl-recsys/rating-log';
import { closeTo } from '@rl-recsys/testing';
import { fitBpr, predictRating, vectorOf, type BprOptions, type FitProgress } from '../../src/index.js';
import { logOf } from './planted-log.js';

/** Clicks: each pair once, all of them likes. */
function clicksOf(pairs: readonly (readonly [user: number, item: number])[], itemCount: number): RatingLog {
  return createRatingLog({
    userCount: 1 + Math.max(...pairs.map(([user]) => user)),
    itemCount,
    users: pairs.map(([user]) => user),
    items: pairs.map(([, item]) => item),
    ratings: pairs.map(() => 1),
    timestamps: pairs.map((_, row) => row),
    scale: { min: 0, max: 1 },
  });
}

function fit(log: RatingLog, options: Omit<BprOptions, 'random'> = {}, seed = 1) {
  return fitBpr(log, { random: Random.fromSeed(seed), ...options });
}

/** What a fit starts from: steps so short that float32 loses them. */
const still = { learningRate: 1e-30, iterations: 1 };

describe('one step by hand', () => {
  // User 0 likes item 0. Item 1, which it can only be compared with, was rated badly by user 1.
  const log = logOf([
    { user: 0, item: 0, rating: 100 },
    { user: 1, item: 1, rating: -100 },
  ]);

  test.each([1, 3, 8, 9, 20])('with %d factors', (factors) => {
    const options = { factors, regularization: 0.5 };
    const [before, once, twice] = [
      fit(log, { ...options, ...still }),
      fit(log, { ...options, learningRate: 4, learningRateDecay: 0.5, iterations: 1 }),
      fit(log, { ...options, learningRate: 4, learningRateDecay: 0.5, iterations: 2 }),
    ] as const;
    for (const [from, to, rate] of [
      [before, once, 4],
      [once, twice, 2],
    ] as const) {
      const [p, q, s] = [vectorOf(from.users, 0), vectorOf(from.items, 0), vectorOf(from.items, 1)];
      const x = predictRating(from, 0, 0) - predictRating(from, 0, 1);
      const pull = 1 / (1 + Math.exp(x));
      const moved = (own: Float32Array, direction: (k: number) => number) =>
        closeTo(
          Float64Array.from(own, (value, k) => value + rate * (pull * direction(k) - 0.5 * value)),
          5,
        );
      expect([...vectorOf(to.users, 0)]).toEqual(moved(p, (k) => q[k]! - s[k]!));
      expect([...vectorOf(to.items, 0)]).toEqual(moved(q, (k) => p[k]!));
      expect([...vectorOf(to.items, 1)]).toEqual(moved(s, (k) => -p[k]!));
      expect([...to.itemBias]).toEqual([
        expect.closeTo(from.itemBias[0]! + rate * (pull - 0.5 * from.itemBias[0]!), 5),
        expect.closeTo(from.itemBias[1]! + rate * (-pull - 0.5 * from.itemBias[1]!), 5),
      ]);
    }
    expect([...twice.userBias]).toEqual([0, 0]);
    expect(twice.mean).toBe(0);
  });

  test('of a pair that is far apart the step is as the exponential says, down to none', () => {
    for (const learningRate of [20, 60, 200]) {
      const options = { factors: 1, regularization: 1e-9, learningRate, learningRateDecay: 1 };
      const [once, twice] = [
        fit(log, { ...options, iterations: 1 }),
        fit(log, { ...options, iterations: 2 }),
      ];
      const pull = 1 / (1 + Math.exp(predictRating(once, 0, 0) - predictRating(once, 0, 1)));
      const step = twice.itemBias[0]! - once.itemBias[0]!;
      expect(step).toBeCloseTo(learningRate * pull, 4);
    }
  });
});

/** Even users like even items, odd users odd ones; half of these likes are held out. */
function drawPlantedLikes(random: Random, users: number, items: number) {
  const pairs: [number, number][] = [];
  const heldOut: [number, number][] = [];
  for (let user = 0; user < users; user++) {
    for (let item = 0; item < items; item++) {
      if (item % 2 !== user % 2) continue;
      (random.uniform() < 0.5 ? pairs : heldOut).push([user, item]);
    }
  }
  return { pairs, heldOut };
}

test('ranks held-out likes of two planted tastes above everything else', () => {
  const { pairs, heldOut } = drawPlantedLikes(Random.fromSeed(1), 40, 30);
  const model = fit(clicksOf(pairs, 30), { factors: 4 });
  let [wins, comparisons] = [0, 0];
  for (const [user, item] of heldOut) {
    for (let other = 0; other < 30; other++) {
      if (other % 2 === item % 2) continue; // of the other taste
      comparisons += 1;
      if (predictRating(model, user, item) > predictRating(model, user, other)) wins += 1;
    }
  }
  expect(comparisons).toBeGreaterThan(3000);
  expect(wins / comparisons).toBeGreaterThan(0.99);
});

test('the biases tell often liked items from rarely liked ones', () => {
  const random = Random.fromSeed(1);
  const pairs = Array.from({ length: 60 }, (_, user) => user).flatMap((user) =>
    [0, 1, 2, 3, 4]
      .filter((item) => random.uniform() < 0.15 * (item + 1))
      .map((item) => [user, item] as const),
  );
  const { itemBias } = fit(clicksOf(pairs, 5), { regularization: 0.1 });
  expect(itemBias[0]!).toBeLessThan(-0.5);
  expect(itemBias[1]!).toBeLessThan(Math.min(itemBias[3]!, itemBias[4]!));
  expect(itemBias[4]!).toBeGreaterThan(0.5);
});

test('ratings that are no likes pull nothing, but are not drawn as negatives of their user either', () => {
  // User 0 has met the items 0 and 1, which leaves item 2 to compare the like with.
  const log = logOf([
    { user: 0, item: 0, rating: 100 },
    { user: 0, item: 1, rating: -100 },
    { user: 1, item: 1, rating: -100 },
    { user: 1, item: 2, rating: -100 },
  ]);
  const model = fit(log);
  expect(model.itemBias[0]!).toBeGreaterThan(0);
  expect(model.itemBias[1]).toBe(0);
  expect(model.itemBias[2]!).toBeLessThan(0);
});

test('users without a like and items that nobody met get zeros', () => {
  const model = fit(
    logOf(
      [
        { user: 0, item: 0, rating: 100 },
        { user: 2, item: 2, rating: -100 },
        { user: 2, item: 3, rating: 100 },
      ],
      { userCount: 4, itemCount: 6 },
    ),
    { factors: 3 },
  );
  for (const user of [1, 3]) expect([...vectorOf(model.users, user)]).toEqual([0, 0, 0]);
  for (const item of [1, 4, 5])
    expect([...vectorOf(model.items, item), model.itemBias[item]]).toEqual([0, 0, 0, 0]);
  for (const item of [0, 2, 3]) expect(model.itemBias[item]).not.toBe(0);
});

test('a user who met everything is left out', () => {
  const model = fit(
    clicksOf(
      [
        [0, 0],
        [0, 1],
        [1, 0],
      ],
      2,
    ),
    { factors: 2 },
  );
  expect([...vectorOf(model.users, 0)]).toEqual([0, 0]);
  expect([...vectorOf(model.users, 1)]).not.toEqual([0, 0]);
});

describe('randomness', () => {
  const log = clicksOf(drawPlantedLikes(Random.fromSeed(1), 12, 10).pairs, 10);

  test('the same seed fits the same model, another seed another one', () => {
    expect(fit(log, {}, 5)).toEqual(fit(log, {}, 5));
    expect(fit(log, {}, 5).users.vectors).not.toEqual(fit(log, {}, 6).users.vectors);
  });

  test('nothing is drawn from the stream passed', () => {
    const random = Random.fromSeed(5);
    fitBpr(log, { random });
    expect(random.uniform()).toBe(Random.fromSeed(5).uniform());
  });
});

test('by default it has 16 factors, and tells of each of 50 epochs; the model says what it is', () => {
  const log = clicksOf(
    [
      [0, 0],
      [1, 1],
    ],
    2,
  );
  const progress: FitProgress[] = [];
  const model = fit(log, { onIteration: (step) => progress.push(step) });
  expect(progress).toEqual(Array.from({ length: 50 }, (_, epoch) => ({ done: epoch + 1 })));
  expect(model.users.size).toBe(16);
  expect(model.fittedOn).toEqual(fingerprintOf(log));
  expect(model.foldIn).toMatchObject({ kind: 'likes', likedFrom: 0.75 });
});

describe('errors', () => {
  const log = clicksOf(
    [
      [0, 0],
      [1, 1],
    ],
    2,
  );

  test('options are checked', () => {
    expect(() => fit(log, { factors: 0 })).toThrow(
      new RangeError('factors: expected a positive integer, got 0'),
    );
    expect(() => fit(log, { iterations: 1.5 })).toThrow(
      new RangeError('iterations: expected a positive integer, got 1.5'),
    );
    for (const name of ['regularization', 'learningRate']) {
      expect(() => fit(log, { [name]: -1 })).toThrow(
        new RangeError(`${name}: expected a positive number, got -1`),
      );
    }
    expect(() => fit(log, { learningRateDecay: 2 })).toThrow(
      new RangeError('learningRateDecay: expected a number above 0 and at most 1, got 2'),
    );
  });

  test('a log without likes is refused, and one where everybody met everything', () => {
    const refused = new RangeError('log: expected likes of users who have not met every item, got none');
    expect(() => fit(logOf([{ user: 0, item: 0, rating: -100 }], { itemCount: 2 }))).toThrow(refused);
    expect(() =>
      fit(
        clicksOf(
          [
            [0, 0],
            [0, 1],
          ],
          2,
        ),
      ),
    ).toThrow(refused);
  });

  test('a fit that diverges is refused', () => {
    expect(() => fit(log, { learningRate: 1e4, regularization: 1 })).toThrow(
      'learningRate: expected one at which the fit converges',
    );
  });
});
