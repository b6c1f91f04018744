import { closeTo } from '@rl-recsys/testing';
import { describe, expect, test } from '@jest/globals';
import { DrrP, DrrU } from '../src/index.js';
import { moduleFor, stateOf } from './state-of.js';

const full = {
  user: [[2, -1]],
  items: [
    [
      [1, 3],
      [5, 1],
      [-2, 4],
    ],
  ],
  mask: [[1, 1, 1]],
};
const partial = { ...full, mask: [[0, 1, 1]] };
const empty = { ...full, mask: [[0, 0, 0]] };
const weights = [[0.5, 2, -1]]; // w_a i_a: [0.5, 1.5], [10, 2], [2, −4]

describe('DRR-p', () => {
  const states = (history: typeof full, given?: number[][]) =>
    stateOf(moduleFor(new DrrP({}), history, given), history);

  test('is the items and the products of pairs (1, 2), (1, 3), (2, 3)', () => {
    expect(states(full)).toEqual(closeTo([1, 3, 5, 1, -2, 4, 5, 3, -2, 12, -10, 4]));
  });

  test('weighs the pairs, and leaves the items themselves', () => {
    expect(states(full, weights)).toEqual(closeTo([1, 3, 5, 1, -2, 4, 5, 3, 1, -6, 20, -8]));
  });

  test('has 0 for padding and its pairs', () => {
    expect(states(partial, weights)).toEqual(closeTo([0, 0, 5, 1, -2, 4, 0, 0, 0, 0, 20, -8]));
    expect(states(empty, weights)).toEqual(closeTo(Array<number>(12).fill(0)));
  });

  test('of one position is its item', () => {
    const single = { ...full, items: [[[1, 3]]], mask: [[1]] };
    expect(states(single, [[7]])).toEqual([1, 3]);
  });
});

describe('DRR-u', () => {
  const states = (history: typeof full, given?: number[][]) =>
    stateOf(moduleFor(new DrrU({}), history, given), history);

  test('is the products of the user and the items, and of pairs (1, 2), (1, 3), (2, 3)', () => {
    expect(states(full)).toEqual(closeTo([2, -3, 10, -1, -4, -4, 5, 3, -2, 12, -10, 4]));
  });

  test('weighs both', () => {
    expect(states(full, weights)).toEqual(closeTo([1, -1.5, 20, -2, 4, 4, 5, 3, 1, -6, 20, -8]));
  });

  test('has 0 for padding and its pairs', () => {
    expect(states(partial, weights)).toEqual(closeTo([0, 0, 20, -2, 4, 4, 0, 0, 0, 0, 20, -8]));
    expect(states(empty, weights)).toEqual(closeTo(Array<number>(12).fill(0)));
  });

  test('of one position is its product with the user', () => {
    const single = { ...full, items: [[[1, 3]]], mask: [[1]] };
    expect(states(single, [[7]])).toEqual([14, -21]);
  });
});

test('batches keep users apart, and four positions have six pairs in order', () => {
  const items = [
    [[2], [3], [5], [7]],
    [[1], [10], [100], [1000]],
  ];
  const mask = [
    [0, 1, 1, 1],
    [1, 1, 1, 1],
  ];
  const history = { user: [[1], [-1]], items, mask };
  const first = [0, 3, 5, 7, ...[0, 0, 0, 15, 21, 35]];
  const second = [1e1, 1e2, 1e3, 1e3, 1e4, 1e5];
  expect(stateOf(moduleFor(new DrrP({}), history), history)).toEqual([
    ...first,
    ...[1, 10, 100, 1000],
    ...second,
  ]);
  expect(stateOf(moduleFor(new DrrU({}), history), history)).toEqual([
    ...first,
    ...[-1, -10, -100, -1000],
    ...second,
  ]);
});
