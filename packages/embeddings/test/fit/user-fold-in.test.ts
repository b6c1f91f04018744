import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import {
  fitImplicitFactorization,
  fitMatrixFactorization,
  UserFoldIn,
  vectorOf,
  type MatrixFactorization,
} from '../../src/index.js';
import { drawPlantedRatings, logOf } from './planted-log.js';
import { ridge } from './ridge-reference.js';

const random = Random.fromSeed(1);
const log = { ...logOf(drawPlantedRatings(random.fork('ratings'), 25, 30)), scale: { min: -3, max: 6 } };
const options = { random, factors: 5, iterations: 60 };
const models: [string, MatrixFactorization][] = [
  ['biased', fitMatrixFactorization(log, { ...options, regularization: 1, biasRegularization: 1 })],
  ['PMF', fitMatrixFactorization(log, { ...options, regularization: 1, biases: false })],
  ['implicit', fitImplicitFactorization(log, { ...options, regularization: 1 })],
];

function historyOf(user: number, length = Infinity) {
  const start = log.offsets[user]!;
  const end = Math.min(start + length, log.offsets[user + 1]!);
  return { items: log.items.slice(start, end), ratings: log.ratings.slice(start, end) };
}

describe.each(models)('%s', (_, model) => {
  const foldIn = new UserFoldIn(model);

  test('the whole history of a user gives the fitted vector, where the fit has converged', () => {
    for (let user = 0; user < log.userCount; user++) {
      const { vector, bias } = foldIn.fold(historyOf(user));
      expect([...vector, bias]).toEqual(closeTo([...vectorOf(model.users, user), model.userBias[user]!], 2));
    }
    expect(Math.hypot(...model.users.vectors)).toBeGreaterThan(1);
  });

  test('it is the ridge regression that float64 gives', () => {
    const { items, ratings } = historyOf(3, 7);
    const { foldIn: rule, itemBias, mean } = model;
    const { vector, bias } = foldIn.fold({ items, ratings });
    const penalties = new Array<number>(5).fill(rule.regularization);
    if (rule.kind === 'ratings') {
      const hasBias = rule.biasRegularization !== null;
      const rows = Array.from(items, (item, place) => ({
        features: [...vectorOf(model.items, item), ...(hasBias ? [1] : [])],
        target: ratings[place]! - mean - itemBias[item]!,
      }));
      const expected = ridge(rows, hasBias ? [...penalties, rule.biasRegularization] : penalties);
      expect([...vector, ...(hasBias ? [bias] : [])]).toEqual(closeTo(expected, 4));
      return;
    }
    if (rule.kind !== 'likes') throw new Error(`no reference for ${rule.kind}`);
    const liked = new Set(items.filter((_, place) => ratings[place]! >= rule.likedFrom));
    const rows = Array.from({ length: log.itemCount }, (_, item) => ({
      features: [...vectorOf(model.items, item)],
      target: liked.has(item) ? 1 : 0,
      weight: liked.has(item) ? 1 + rule.confidence : 1,
    }));
    expect([...vector]).toEqual(closeTo(ridge(rows, penalties), 4));
    expect(bias).toBe(0);
  });

  test('all prefixes at once give what each gives alone: nothing after a prefix matters', () => {
    const [starts, ends]: [number[], number[]] = [[], []];
    for (const user of [0, 7]) {
      for (let end = log.offsets[user]!; end <= log.offsets[user + 1]!; end++) {
        starts.push(log.offsets[user]!);
        ends.push(end);
      }
    }
    const { vectors, biases } = foldIn.foldAll({ items: log.items, ratings: log.ratings, starts, ends });
    expect(vectors.rows).toBe(starts.length);
    for (const [row, start] of starts.entries()) {
      const prefix = {
        items: log.items.slice(start, ends[row]),
        ratings: log.ratings.slice(start, ends[row]),
      };
      const alone = foldIn.fold(prefix);
      expect([...vectorOf(vectors, row)]).toEqual([...alone.vector]);
      expect(biases[row]).toBe(alone.bias);
    }
  });

  test('no history gives zeros, and a call leaves nothing behind for the next', () => {
    foldIn.foldAll({ items: log.items, ratings: log.ratings, starts: [0, 3], ends: [20, 30] });
    const { vector, bias } = foldIn.fold({ items: [], ratings: [] });
    expect([...vector, bias]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(foldIn.foldAll({ items: [], ratings: [], starts: [], ends: [] }).vectors.rows).toBe(0);
  });
});

describe('errors', () => {
  const foldIn = new UserFoldIn(models[0]![1]);

  test.each([-1, 30, 0.5, NaN])('there is no item %p', (item) => {
    expect(() => foldIn.fold({ items: [0, item], ratings: [1, 1] })).toThrow(
      new RangeError(`items[1]: expected 0 to 29, got ${item}`),
    );
  });

  test('columns, ratings and stretches that are none', () => {
    expect(() => foldIn.fold({ items: [0], ratings: [] })).toThrow('ratings: expected 1 like items, got 0');
    expect(() => foldIn.fold({ items: [0], ratings: [NaN] })).toThrow(
      'ratings[0]: expected a finite number, got NaN',
    );
    const columns = { items: [0], ratings: [1] };
    expect(() => foldIn.foldAll({ ...columns, starts: [0], ends: [] })).toThrow(
      'ends: expected 1 like starts, got 0',
    );
    for (const [start, end] of [
      [0, 2],
      [1, 0],
      [-1, 1],
      [0, 0.5],
    ] as const) {
      expect(() => foldIn.foldAll({ ...columns, starts: [start], ends: [end] })).toThrow(
        `starts[0], ends[0]: expected rows from 0 to 1 in order, got ${start}, ${end}`,
      );
    }
  });
});
