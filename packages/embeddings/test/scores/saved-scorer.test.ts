import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { fingerprintOf } from '@rl-recsys/rating-log';
import { closeTo } from '@rl-recsys/testing';
import {
  createEmbeddingTable,
  fitMatrixFactorization,
  fitPopularity,
  historyScorer,
  predictRating,
  savedFactors,
  type SavedFactors,
  type SavedLinear,
  type SavedScorer,
} from '../../src/index.js';
import { historyOf, logOfHistories, type Rated } from './item-log.js';

const log = logOfHistories([[[0, 5]], [[0, 1]], [[2, 3], [0, 4]]], 3); // prettier-ignore
const fittedOn = [fingerprintOf(log)];
const linear: SavedLinear = {
  kind: 'linear',
  name: 'three items',
  itemCount: 3,
  weights: Float32Array.of(0, 1, 2, 3, 0, 4, 5, 6, 0),
  input: { liked: 1, disliked: 0.5 },
  likedFrom: 4,
  fittedOn,
};
const factors: SavedFactors = {
  kind: 'factors',
  name: 'one factor',
  itemCount: 3,
  items: createEmbeddingTable(Float32Array.of(1, 2, -1), 1),
  itemBias: Float32Array.of(0, 0.5, 0),
  mean: 3,
  foldIn: { kind: 'ratings', regularization: 1, biasRegularization: null },
  fittedOn,
};
const all: readonly SavedScorer[] = [linear, factors, fitPopularity(log)];

function scoresOf(saved: SavedScorer, ...rated: readonly Rated[]): number[] {
  const scores = new Float32Array(saved.itemCount).fill(9);
  historyScorer(saved).score(historyOf(...rated), scores);
  return [...scores];
}

describe('linear', () => {
  test('adds the rows of what was rated, a dislike by its own weight', () => {
    expect(scoresOf(linear, [0, 5], [2, 3.9])).toEqual([0 + 2.5, 1 + 3, 2 + 0]);
    expect(scoresOf(linear, [1, 4])).toEqual([3, 0, 4]);
    expect(scoresOf(linear)).toEqual([0, 0, 0]);
  });

  test('a half-life makes what is older count less, by the number of items since', () => {
    const recent = { ...linear, input: { ...linear.input, halfLife: 2 } };
    // Item 0 has two newer ones and counts half, item 1 has one, item 2, disliked, none.
    const [old, middle] = [0.5, Math.SQRT1_2];
    expect(scoresOf(recent, [0, 5], [1, 5], [2, 1])).toEqual(
      closeTo([middle * 3 + 0.5 * 5, old * 1 + 0.5 * 6, old * 2 + middle * 4]),
    );
  });

  test('a window leaves out what is older, and counts ages alike', () => {
    const last = { ...linear, input: { ...linear.input, window: 2 } };
    expect(scoresOf(last, [0, 5], [1, 5], [2, 5])).toEqual([3 + 5, 6, 4]);
    expect(scoresOf(last, [1, 5])).toEqual([3, 0, 4]);
  });

  test('any number of items is added, not only those that fill a group of rows', () => {
    const itemCount = 11;
    const weights = Float32Array.from({ length: itemCount ** 2 }, (_, at) => at % 17);
    const saved = { ...linear, itemCount, weights };
    for (let length = 0; length <= itemCount; length++) {
      const items = Array.from({ length }, (_, item) => item);
      const expected = Array.from({ length: itemCount }, (_, column) =>
        items.reduce((sum, row) => sum + weights[row * itemCount + column]!, 0),
      );
      expect(scoresOf(saved, ...items.map((item) => [item, 5] as const))).toEqual(expected);
    }
  });

  test('a call leaves nothing behind for the next', () => {
    const scorer = historyScorer(linear);
    const scores = new Float32Array(3);
    scorer.score(historyOf([0, 5], [1, 5], [2, 5]), scores);
    scorer.score(historyOf([1, 5]), scores);
    expect([...scores]).toEqual([3, 0, 4]);
  });

  test('matrices and weights that are none are refused', () => {
    expect(() => historyScorer({ ...linear, itemCount: 4 })).toThrow(
      new RangeError('weights: expected 4 × 4 numbers, got 9'),
    );
    for (const [name, value, expected] of [
      ['disliked', NaN, 'a finite number'],
      ['halfLife', 0, 'a positive number of items'],
      ['window', 1.5, 'a positive integer'],
    ] as const) {
      expect(() => historyScorer({ ...linear, input: { ...linear.input, [name]: value } })).toThrow(
        new RangeError(`${name}: expected ${expected}, got ${value}`),
      );
    }
  });
});

describe('factors', () => {
  test('the bias and the inner product with what folds in', () => {
    // p = Σ q e / (Σ q² + 1) with the errors 5 − 3 on q = 1 and 2 − 3 on q = −1.
    const p = (2 + 1) / (2 + 1);
    expect(scoresOf(factors, [0, 5], [2, 2])).toEqual(closeTo([p, 0.5 + 2 * p, -p]));
    expect(scoresOf(factors)).toEqual([0, 0.5, 0]);
  });

  test('for a user of the fit it is the expected rating less what all items share', () => {
    const model = fitMatrixFactorization(log, {
      ...{ random: Random.fromSeed(1), factors: 2, iterations: 200 },
      ...{ regularization: 0.3, biasRegularization: 0.3 },
    });
    const scores = scoresOf(savedFactors('MF', model), [2, 3], [0, 4]);
    const shared = model.mean + model.userBias[2]!;
    expect(scores).toEqual(
      closeTo(
        [0, 1, 2].map((item) => predictRating(model, 2, item) - shared),
        3,
      ),
    );
  });

  test('other counts of items are refused', () => {
    expect(() => historyScorer({ ...factors, itemCount: 2 })).toThrow(
      new RangeError('items.rows: expected 2 like itemCount, got 3'),
    );
  });
});

test('popularity is log(1 + count), of any rating, for everybody', () => {
  const saved = fitPopularity(log);
  const expected = closeTo([Math.log(4), 0, Math.log(2)]);
  expect(scoresOf(saved)).toEqual(expected);
  expect(scoresOf(saved, [1, 1])).toEqual(expected);
  expect(() => historyScorer({ ...saved, itemCount: 2 })).toThrow(
    new RangeError('scores: expected 2, one for each item, got 3'),
  );
});

describe.each(all.map((saved) => [saved.kind, saved] as const))('%s', (_, saved) => {
  const scorer = historyScorer(saved);

  test('says what it is and what it has seen', () => {
    expect(scorer).toMatchObject({ name: saved.name, itemCount: 3, fittedOn });
  });

  test('refuses what it cannot score, and leaves the scores as they were', () => {
    const scores = Float32Array.of(7, 8, 9);
    for (const [history, message] of [
      [historyOf([1, 5], [3, 5]), 'items[1]: expected 0 to 2, got 3'],
      [historyOf([-1, 5]), 'items[0]: expected 0 to 2, got -1'],
      [historyOf([0, NaN]), 'ratings[0]: expected a finite number, got NaN'],
      [{ items: Int32Array.of(0), ratings: Float32Array.of() }, 'ratings: expected 1 like items, got 0'],
    ] as const) {
      expect(() => scorer.score(history, scores)).toThrow(new RangeError(message));
    }
    expect(() => scorer.score(historyOf([0, 5]), new Float32Array(2))).toThrow(
      new RangeError('scores: expected 3, one for each item, got 2'),
    );
    expect([...scores]).toEqual([7, 8, 9]);
  });
});
