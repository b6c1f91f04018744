import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import fc from 'fast-check';
import {
  fitMatrixFactorization,
  predictRating,
  vectorOf,
  type MatrixFactorization,
  type MatrixFactorizationOptions,
} from '../../src/index.js';
import { drawPlantedRatings, logOf, rootMeanSquaredError, type Rating } from './planted-log.js';

type Options = Omit<MatrixFactorizationOptions, 'random'>;

function fit(ratings: readonly Rating[], options: Options, seed = 1): MatrixFactorization {
  return fitMatrixFactorization(logOf(ratings), { random: Random.fromSeed(seed), ...options });
}

function sumOfSquares(numbers: Float32Array): number {
  return numbers.reduce((sum, number) => sum + number ** 2, 0);
}

/** The penalties that a model with biases was fitted with. */
function penaltiesOf({ foldIn }: MatrixFactorization) {
  if (foldIn.kind !== 'ratings') throw new Error(`no biases in a model of ${foldIn.kind}`);
  return { regularization: foldIn.regularization, biasRegularization: foldIn.biasRegularization! };
}

/** What the fit minimizes. */
function objective(model: MatrixFactorization, ratings: readonly Rating[]): number {
  const { regularization, biasRegularization } = penaltiesOf(model);
  return (
    ratings.length * rootMeanSquaredError(model, ratings) ** 2 +
    regularization * (sumOfSquares(model.users.vectors) + sumOfSquares(model.items.vectors)) +
    biasRegularization * (sumOfSquares(model.userBias) + sumOfSquares(model.itemBias))
  );
}

const tiny: readonly Rating[] = [
  { user: 0, item: 0, rating: 5 },
  { user: 0, item: 1, rating: 4 },
  { user: 1, item: 0, rating: 3 },
];

describe('one sweep by hand', () => {
  test('biases alone, where the vectors are held at zero', () => {
    const model = fit(tiny, { factors: 2, regularization: 1e12, biasRegularization: 1, iterations: 1 });
    expect(model.mean).toBe(4);
    // Users first: (1 + 0) / (2 + 1) and -1 / (1 + 1). Then items: (2/3 - 1/2) / (2 + 1) and -1/3 / (1 + 1).
    expect([...model.userBias]).toEqual(closeTo([1 / 3, -1 / 2]));
    expect([...model.itemBias]).toEqual(closeTo([1 / 18, -1 / 6]));
    expect([...model.users.vectors, ...model.items.vectors]).toEqual(closeTo(new Float64Array(8), 9));
  });

  test('an item of one rating: its vector and bias share the error as their penalties allow', () => {
    const model = fit(tiny, { factors: 1, regularization: 0.5, biasRegularization: 2, iterations: 1 });
    const { regularization, biasRegularization } = penaltiesOf(model);
    expect([regularization, biasRegularization]).toEqual(closeTo([0.5 * Math.sqrt(2 / 3), 2]));
    // The minimum of (e − q p − b)² + λ q² + β b², by Sherman and Morrison's formula.
    const p = model.users.vectors[0]!;
    const error = 4 - 4 - model.userBias[0]!;
    const scale = error / (1 + p ** 2 / regularization + 1 / biasRegularization);
    expect(Math.abs(scale * p)).toBeGreaterThan(1e-3);
    expect(model.items.vectors[1]).toBeCloseTo((scale * p) / regularization, 6);
    expect(model.itemBias[1]).toBeCloseTo(scale / biasRegularization, 6);
  });
});

describe('what it minimizes', () => {
  const options = { factors: 2, regularization: 0.4, biasRegularization: 0.3 };

  test('the gradient is zero in the end: all ratings, both penalties, every vector and bias', () => {
    const ratings = drawPlantedRatings(Random.fromSeed(3), 12, 9);
    const model = fit(ratings, { ...options, iterations: 500 });
    const { users, items, userBias, itemBias } = model;
    const penalties = penaltiesOf(model);
    const gradientOf = (side: 'user' | 'item', row: number): number[] => {
      const [own, other, bias] = side === 'user' ? [users, items, userBias] : [items, users, itemBias];
      const gradient = [...vectorOf(own, row)].map((value) => penalties.regularization * value);
      gradient.push(penalties.biasRegularization * bias[row]!);
      for (const rating of ratings.filter((candidate) => candidate[side] === row)) {
        const error = rating.rating - predictRating(model, rating.user, rating.item);
        const partner = vectorOf(other, side === 'user' ? rating.item : rating.user);
        for (const [k, feature] of [...partner, 1].entries()) gradient[k]! -= error * feature;
      }
      return gradient;
    };
    for (let user = 0; user < users.rows; user++)
      expect(gradientOf('user', user)).toEqual(closeTo([0, 0, 0]));
    for (let item = 0; item < items.rows; item++)
      expect(gradientOf('item', item)).toEqual(closeTo([0, 0, 0]));
    expect(Math.hypot(...users.vectors)).toBeGreaterThan(1);
    expect(Math.hypot(...items.vectors)).toBeGreaterThan(1);
  });

  test('falls with every sweep', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const ratings = drawPlantedRatings(Random.fromSeed(seed), 10, 8);
        const values = [1, 2, 3, 4, 5].map((iterations) =>
          objective(fit(ratings, { ...options, iterations }, seed), ratings),
        );
        for (let sweep = 1; sweep < values.length; sweep++) {
          expect(values[sweep]!).toBeLessThanOrEqual(values[sweep - 1]! * (1 + 1e-6));
        }
        expect(values.at(-1)!).toBeLessThan(values[0]!);
      }),
      { seed: 1, numRuns: 20 },
    );
  });
});

describe('what ratings are counted in does not matter', () => {
  const ratings = drawPlantedRatings(Random.fromSeed(6), 20, 15);
  const options = { factors: 3, regularization: 1 };
  const model = fit(ratings, options);
  const pairs = Array.from({ length: 20 * 15 }, (_, pair) => [Math.floor(pair / 15), pair % 15] as const);
  const predictions = (of: MatrixFactorization) => pairs.map(([user, item]) => predictRating(of, user, item));

  function fitScaled(factor: number): MatrixFactorization {
    const log = logOf(ratings);
    const scaled = log.ratings.map((rating) => rating * factor);
    const scale = { min: -100 * factor, max: 100 * factor };
    return fitMatrixFactorization(
      { ...log, ratings: scaled, scale },
      { random: Random.fromSeed(1), ...options },
    );
  }

  test('ratings that are any number of times as large are predicted that many times as large', () => {
    expect(Math.hypot(...model.items.vectors)).toBeGreaterThan(1); // or biases alone would be compared
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (factor) => {
        const scaled = predictions(fitScaled(factor)).map((rating) => rating / factor);
        expect(scaled).toEqual(closeTo(predictions(model), 4));
      }),
      { seed: 1, numRuns: 20 },
    );
  });

  test('and rank alike', () => {
    const rankingsOf = (of: MatrixFactorization) => {
      const scores = predictions(of);
      return pairs.map((_, pair) => pair).sort((a, b) => scores[b]! - scores[a]!);
    };
    expect(rankingsOf(fitScaled(20))).toEqual(rankingsOf(model));
  });

  test('nor where they begin', () => {
    const higher = fit(
      ratings.map((each) => ({ ...each, rating: each.rating + 8 })),
      options,
    );
    expect(predictions(higher).map((rating) => rating - 8)).toEqual(closeTo(predictions(model), 4));
  });
});

test('recovers two planted dimensions, where biases alone fail', () => {
  const random = Random.fromSeed(1);
  const ratings = drawPlantedRatings(random, 60, 50);
  const isHeldOut = ratings.map(() => random.uniform() < 0.2);
  const train = ratings.filter((_, row) => !isHeldOut[row]);
  const heldOut = ratings.filter((_, row) => isHeldOut[row]);
  const options = { factors: 2, biasRegularization: 0.01, iterations: 30 };
  const withVectors = fit(train, { ...options, regularization: 0.1 });
  const biasOnly = fit(train, { ...options, regularization: 1e9 });
  expect(rootMeanSquaredError(biasOnly, heldOut)).toBeGreaterThan(1);
  expect(rootMeanSquaredError(withVectors, heldOut)).toBeLessThan(0.05);
});

describe('randomness', () => {
  const ratings = drawPlantedRatings(Random.fromSeed(2), 10, 8);
  const options = { factors: 3, regularization: 1, iterations: 2 };

  test('the same seed fits the same model, another seed another one', () => {
    expect(fit(ratings, options, 5)).toEqual(fit(ratings, options, 5));
    expect(fit(ratings, options, 5).users.vectors).not.toEqual(fit(ratings, options, 6).users.vectors);
  });

  test('nothing is drawn from the stream passed', () => {
    const random = Random.fromSeed(5);
    fitMatrixFactorization(logOf(ratings), { random, ...options });
    expect(random.uniform()).toBe(Random.fromSeed(5).uniform());
  });
});

test('users and items without ratings get zeros, and predict the mean and the other bias', () => {
  const log = logOf(
    [
      { user: 1, item: 0, rating: 5 },
      { user: 1, item: 2, rating: 2 },
      { user: 2, item: 2, rating: 1 },
    ],
    { userCount: 5, itemCount: 4 },
  );
  const model = fitMatrixFactorization(log, { random: Random.fromSeed(1), factors: 2, regularization: 0.1 });
  for (const user of [0, 3, 4])
    expect([...vectorOf(model.users, user), model.userBias[user]]).toEqual([0, 0, 0]);
  for (const item of [1, 3])
    expect([...vectorOf(model.items, item), model.itemBias[item]]).toEqual([0, 0, 0]);
  expect(predictRating(model, 0, 3)).toBe(model.mean);
  expect(predictRating(model, 1, 3)).toBe(model.mean + model.userBias[1]!);
  expect(model.userBias[1]).not.toBe(0);
});

test('by default it has 16 factors, and tells of each of 8 sweeps', () => {
  const done: number[] = [];
  const model = fit(tiny, { onIteration: (progress) => done.push(progress.done) });
  expect(done).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect({ rows: model.users.rows, size: model.users.size }).toEqual({ rows: 2, size: 16 });
  expect({ rows: model.items.rows, size: model.items.size }).toEqual({ rows: 2, size: 16 });
});

describe('errors', () => {
  test.each(['factors', 'iterations'])('%s is a positive integer', (name) => {
    for (const value of [0, -1, 1.5, NaN, Infinity]) {
      expect(() => fit(tiny, { [name]: value })).toThrow(
        new RangeError(`${name}: expected a positive integer, got ${value}`),
      );
    }
  });

  test.each(['regularization', 'biasRegularization'])('%s is a positive number', (name) => {
    for (const value of [0, -1, NaN, Infinity]) {
      expect(() => fit(tiny, { [name]: value })).toThrow(
        new RangeError(`${name}: expected a positive number, got ${value}`),
      );
    }
  });

  test('penalties that vanish beside the ratings are refused, not answered with NaN', () => {
    const alike = Array.from({ length: 40 }, (_, index) => ({
      user: index % 5,
      item: index % 8,
      rating: index,
    }));
    expect(() => fit(alike, { factors: 6, regularization: 1e-30, biasRegularization: 1e-30 })).toThrow(
      'regularization: expected penalties that float32 sees beside the ratings of',
    );
  });

  test('ratings that are all the same, such as clicks, are refused, with what to fit in their place', () => {
    const clicks = tiny.map((each) => ({ ...each, rating: 1 }));
    expect(() => fit(clicks, {})).toThrow(
      new RangeError(
        'log: expected ratings that differ, got 3 of 1; of clicks or likes alone fit the items that users did not ' +
          'choose too: fitIals, fitImplicitFactorization or fitBpr',
      ),
    );
  });

  test('an empty log is refused', () => {
    const empty = {
      ...logOf(tiny),
      offsets: new Int32Array(3),
      items: new Int32Array(),
      ratings: new Float32Array(),
    };
    expect(() => fitMatrixFactorization(empty, { random: Random.fromSeed(1) })).toThrow(
      new RangeError('log: expected ratings, got none'),
    );
  });
});
