import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { fingerprintOf } from '@rl-recsys/rating-log';
import {
  createEmbeddingTable,
  fillUnknownItems,
  fitMatrixFactorization,
  itemTable,
  vectorOf,
} from '../../src/index.js';
import { drawPlantedRatings, logOf } from './planted-log.js';

/** Items 0, 1, 2 and 4 are known. */
const log = logOf(
  [0, 1, 2, 4].map((item) => ({ user: 0, item, rating: 1 })),
  { itemCount: 8 },
);
const table = createEmbeddingTable(
  Float32Array.from(
    [
      [1, 10],
      [3, 20],
      [8, 0],
      [99, 99], // of an unknown item: whatever stands there counts for nothing
      [0, -2],
      [0, 0],
      [0, 0],
      [0, 0],
    ].flat(),
  ),
  2,
);
const categories = [
  ['comedy'],
  ['comedy', 'drama'],
  ['drama', 'western'],
  ['comedy'],
  [],
  ['western', 'comedy', 'comedy'],
  ['musical'],
  [],
];

test('by hand: the mean of the means of the categories, or else of all known items', () => {
  const filled = fillUnknownItems(table, { fittedOn: log, categories });
  const overall = [(1 + 3 + 8 + 0) / 4, (10 + 20 + 0 - 2) / 4];
  expect([0, 1, 2, 3, 4, 5, 6, 7].map((item) => [...vectorOf(filled, item)])).toEqual([
    [1, 10],
    [3, 20],
    [8, 0],
    [2, 15], // of the comedies 0 and 1
    [0, -2],
    [(8 + 2) / 2, (0 + 15) / 2], // westerns and comedies count alike, though there are more comedies
    overall, // no musical is known
    overall,
  ]);
});

test('the table given stays as it was', () => {
  const before = table.vectors.slice();
  fillUnknownItems(table, { fittedOn: log, categories });
  expect(table.vectors).toEqual(before);
});

test('an item whose vector is all zeros counts as unknown', () => {
  const zero = createEmbeddingTable(table.vectors.slice(), 2);
  vectorOf(zero, 1).fill(0);
  const filled = fillUnknownItems(zero, { fittedOn: fingerprintOf(log), categories });
  expect([...vectorOf(filled, 1)]).toEqual([(1 + 8) / 2, (10 + 0) / 2]);
});

test('biases are filled like vectors', () => {
  const ratings = drawPlantedRatings(Random.fromSeed(1), 10, 6);
  const model = fitMatrixFactorization(logOf(ratings, { itemCount: 7 }), {
    random: Random.fromSeed(1),
    factors: 2,
  });
  const groups = [['a'], ['a'], ['b'], ['b'], ['b'], ['b'], ['a']];
  const filled = fillUnknownItems(itemTable(model), { fittedOn: model.fittedOn, categories: groups });
  expect(filled.vectors.slice(0, 18)).toEqual(itemTable(model).vectors.slice(0, 18));
  expect(vectorOf(filled, 6)[2]).toBeCloseTo((model.itemBias[0]! + model.itemBias[1]!) / 2, 6);
});

describe('errors', () => {
  test('counts of items that differ', () => {
    expect(() => fillUnknownItems(table, { fittedOn: log, categories: [] })).toThrow(
      new RangeError("categories.length: expected 8 like the table's rows, got 0"),
    );
    const fewer = logOf([{ user: 0, item: 0, rating: 1 }]);
    expect(() => fillUnknownItems(table, { fittedOn: fewer, categories })).toThrow(
      new RangeError("fittedOn.itemCount: expected 8 like the table's rows, got 1"),
    );
  });

  test('no known item', () => {
    const zeros = createEmbeddingTable(new Float32Array(16), 2);
    expect(() => fillUnknownItems(zeros, { fittedOn: log, categories })).toThrow(
      new RangeError('fittedOn: expected an item that has a vector, got none'),
    );
  });
});
