import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { fingerprintOf } from '@rl-recsys/rating-log';
import { closeTo } from '@rl-recsys/testing';
import {
  fitMatrixFactorizationBySgd,
  predictRating,
  vectorOf,
  type FitProgress,
  type SgdOptions,
} from '../../src/index.js';
import { drawPlantedRatings, logOf, rootMeanSquaredError, type Rating } from './planted-log.js';

function fit(ratings: readonly Rating[], options: Omit<SgdOptions, 'random'> = {}, seed = 1) {
  return fitMatrixFactorizationBySgd(logOf(ratings), { random: Random.fromSeed(seed), ...options });
}

/** What a fit starts from: steps so short that float32 loses them. */
const still = { learningRate: 1e-30, iterations: 1 };

const two: readonly Rating[] = [
  { user: 0, item: 0, rating: 5 },
  { user: 1, item: 1, rating: 2 },
];

describe('one step by hand', () => {
  const penalties = { regularization: 0.5, biasRegularization: 0.25 };

  // 9 and 20 factors need padding, 8 none.
  test.each([1, 3, 8, 9, 20])('two ratings that share nothing, with %d factors', (factors) => {
    const options = { factors, ...penalties };
    const before = fit(two, { ...options, ...still });
    const after = fit(two, { ...options, learningRate: 0.1, iterations: 1 });
    for (const { user: row, rating } of two) {
      const [p, q] = [vectorOf(before.users, row), vectorOf(before.items, row)];
      const error = rating - (3.5 + p.reduce((sum, value, k) => sum + value * q[k]!, 0)); // biases start at 0
      expect([...vectorOf(after.users, row)]).toEqual(
        closeTo(
          Float64Array.from(p, (value, k) => value + 0.1 * (error * q[k]! - 0.5 * value)),
          6,
        ),
      );
      expect([...vectorOf(after.items, row)]).toEqual(
        closeTo(
          Float64Array.from(q, (value, k) => value + 0.1 * (error * p[k]! - 0.5 * value)),
          6,
        ),
      );
      expect(after.userBias[row]).toBeCloseTo(0.1 * error, 6);
      expect(after.itemBias[row]).toBeCloseTo(0.1 * error, 6);
    }
  });

  test('the second epoch: biases shrink by their own penalty, and steps by the decay', () => {
    const options = { factors: 2, ...penalties, learningRate: 0.1, learningRateDecay: 0.5 };
    const once = fit(two, { ...options, iterations: 1 });
    const twice = fit(two, { ...options, iterations: 2 });
    for (const { user: row, rating } of two) {
      const error = rating - predictRating(once, row, row);
      const bias = once.userBias[row]!;
      expect(bias).not.toBeCloseTo(0, 2);
      expect(twice.userBias[row]).toBeCloseTo(bias + 0.05 * (error - 0.25 * bias), 6);
      expect(twice.itemBias[row]).toBeCloseTo(bias + 0.05 * (error - 0.25 * bias), 6);
    }
  });
});

describe('a whole epoch', () => {
  const ratings = drawPlantedRatings(Random.fromSeed(4), 12, 9);

  test('visits every rating: without penalties the biases of users move by the sum of the errors', () => {
    // Steps so short that errors stay what they were.
    const options = { factors: 2, regularization: 1e-9, biasRegularization: 1e-9 };
    const before = fit(ratings, { ...options, ...still });
    const after = fit(ratings, { ...options, learningRate: 1e-5, iterations: 1 });
    const sums = new Float64Array(12);
    for (const { user, item, rating } of ratings) sums[user]! += rating - predictRating(before, user, item);
    for (const [user, sum] of sums.entries()) expect(after.userBias[user]! / 1e-5).toBeCloseTo(sum, 1);
  });

  test('comes in another order each time', () => {
    // Of two ratings of one user the last one visited is fitted better, so that a fixed order would show.
    const pair = [
      { user: 0, item: 0, rating: 1 },
      { user: 0, item: 1, rating: -1 },
    ];
    const options = { factors: 1, learningRate: 0.5, learningRateDecay: 1, biases: true, iterations: 1 };
    const signs = Array.from({ length: 20 }, (_, seed) => Math.sign(fit(pair, options, seed).userBias[0]!));
    expect(new Set(signs).size).toBe(2);
  });

  test('lowers the error of what it is fitted on, epoch after epoch', () => {
    const errors = [1, 2, 4, 8, 16, 32].map((iterations) =>
      rootMeanSquaredError(fit(ratings, { factors: 2, iterations }), ratings),
    );
    for (let place = 1; place < errors.length; place++) {
      expect(errors[place]!).toBeLessThan(errors[place - 1]!);
    }
  });
});

test('recovers two planted dimensions, where biases alone fail', () => {
  const random = Random.fromSeed(1);
  const ratings = drawPlantedRatings(random, 60, 50);
  const isHeldOut = ratings.map(() => random.uniform() < 0.2);
  const train = ratings.filter((_, row) => !isHeldOut[row]);
  const heldOut = ratings.filter((_, row) => isHeldOut[row]);
  const options = { factors: 2, biasRegularization: 1e-4, learningRateDecay: 0.98, iterations: 200 };
  const withVectors = fit(train, { ...options, regularization: 1e-3 });
  const biasOnly = fit(train, { ...options, regularization: 10 });
  expect(rootMeanSquaredError(biasOnly, heldOut)).toBeGreaterThan(1);
  expect(rootMeanSquaredError(withVectors, heldOut)).toBeLessThan(0.1);
});

describe('without biases', () => {
  const ratings = drawPlantedRatings(Random.fromSeed(2), 20, 15);

  test('there are none, and the vectors take on what they would have said', () => {
    const options = { factors: 4, regularization: 1e-3, learningRateDecay: 0.99, iterations: 300 };
    const model = fit(ratings, { ...options, biases: false });
    expect(model.userBias).toEqual(new Float32Array(20));
    expect(model.itemBias).toEqual(new Float32Array(15));
    expect(model.foldIn).toMatchObject({ kind: 'ratings', biasRegularization: null });
    expect(rootMeanSquaredError(model, ratings)).toBeLessThan(0.3);
  });
});

describe('randomness', () => {
  const ratings = drawPlantedRatings(Random.fromSeed(2), 10, 8);

  test('the same seed fits the same model, another seed another one', () => {
    expect(fit(ratings, {}, 5)).toEqual(fit(ratings, {}, 5));
    expect(fit(ratings, {}, 5).users.vectors).not.toEqual(fit(ratings, {}, 6).users.vectors);
  });

  test('nothing is drawn from the stream passed', () => {
    const random = Random.fromSeed(5);
    fitMatrixFactorizationBySgd(logOf(ratings), { random });
    expect(random.uniform()).toBe(Random.fromSeed(5).uniform());
  });
});

test('users and items without ratings get zeros; the penalties of folding in are those of an average user', () => {
  const log = logOf(
    [
      { user: 1, item: 0, rating: 5 },
      { user: 1, item: 2, rating: 2 },
      { user: 2, item: 2, rating: 1 },
    ],
    { userCount: 5, itemCount: 4 },
  );
  const model = fitMatrixFactorizationBySgd(log, {
    random: Random.fromSeed(1),
    factors: 3,
    regularization: 0.5,
    biasRegularization: 0.25,
  });
  for (const user of [0, 3, 4]) {
    expect([...vectorOf(model.users, user), model.userBias[user]]).toEqual([0, 0, 0, 0]);
  }
  for (const item of [1, 3]) {
    expect([...vectorOf(model.items, item), model.itemBias[item]]).toEqual([0, 0, 0, 0]);
  }
  expect(model.mean).toBeCloseTo(8 / 3, 12);
  expect(model.fittedOn).toEqual(fingerprintOf(log));
  expect(model.foldIn).toEqual({ kind: 'ratings', regularization: 0.75, biasRegularization: 0.375 });
});

test('by default it has 16 factors, and tells of each of 30 epochs', () => {
  const progress: FitProgress[] = [];
  const model = fit(two, { onIteration: (step) => progress.push(step) });
  expect(progress).toEqual(Array.from({ length: 30 }, (_, epoch) => ({ done: epoch + 1 })));
  expect([model.users.rows, model.users.size, model.items.rows, model.items.size]).toEqual([2, 16, 2, 16]);
});

describe('errors', () => {
  test.each(['factors', 'iterations'])('%s is a positive integer', (name) => {
    for (const value of [0, -1, 1.5, NaN]) {
      expect(() => fit(two, { [name]: value })).toThrow(
        new RangeError(`${name}: expected a positive integer, got ${value}`),
      );
    }
  });

  test.each(['regularization', 'biasRegularization', 'learningRate'])('%s is a positive number', (name) => {
    for (const value of [0, -1, NaN, Infinity]) {
      expect(() => fit(two, { [name]: value })).toThrow(
        new RangeError(`${name}: expected a positive number, got ${value}`),
      );
    }
  });

  test('learningRateDecay is above 0 and at most 1', () => {
    for (const value of [0, -1, 1.1, NaN]) {
      expect(() => fit(two, { learningRateDecay: value })).toThrow(
        new RangeError(`learningRateDecay: expected a number above 0 and at most 1, got ${value}`),
      );
    }
  });

  test('a fit that diverges is refused, not answered with NaN', () => {
    const ratings = drawPlantedRatings(Random.fromSeed(2), 10, 8);
    expect(() => fit(ratings, { learningRate: 10 })).toThrow(
      /^learningRate: expected one at which the fit converges, but it came to (NaN|-?Infinity)$/,
    );
  });

  test('an empty log is refused', () => {
    const empty = {
      ...logOf(two),
      offsets: new Int32Array(3),
      items: new Int32Array(),
      ratings: new Float32Array(),
    };
    expect(() => fitMatrixFactorizationBySgd(empty, { random: Random.fromSeed(1) })).toThrow(
      new RangeError('log: expected ratings, got none'),
    );
  });
});
