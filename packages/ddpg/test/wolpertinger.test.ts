import { Random } from '@rl-recsys/random';
import { describe, expect, test } from '@jest/globals';
import { wolpertinger } from '../src/index.js';

const vectors = Float32Array.of(0, 0, 1, 0, 0, 2, -3, -3); // four actions of two numbers
const action = Float32Array.of(0.9, 0.2);
const all = () => true;
/** Values the first number of a vector. */
const firstNumber = (candidates: Float32Array) => candidates.filter((_, place) => place % 2 === 0);

test('with k = 1 it takes the nearest', () => {
  expect(wolpertinger({ action, vectors, isAllowed: all, neighbors: 1, valuesOf: firstNumber })).toBe(1);
});

test('of the k nearest it takes the one of the highest value', () => {
  const downwards = (candidates: Float32Array) => firstNumber(candidates).map((value) => -value);
  const choose = (neighbors: number) =>
    wolpertinger({ action, vectors, isAllowed: all, neighbors, valuesOf: downwards });
  expect([1, 2, 3, 4].map(choose)).toEqual([1, 0, 0, 3]);
});

test('the k nearest are those, in whatever order they come', () => {
  const line = Float32Array.of(5, 1, 4, 2, 3); // how far each is from 0
  const taken = (neighbors: number, sign: number) => {
    const valuesOf = (candidates: Float32Array) => candidates.map((value) => sign * value);
    return wolpertinger({ action: new Float32Array(1), vectors: line, isAllowed: all, neighbors, valuesOf });
  };
  for (const neighbors of [1, 2, 3, 4, 5]) {
    expect(line[taken(neighbors, 1)]).toBe(neighbors); // the farthest of them
    expect(line[taken(neighbors, -1)]).toBe(1);
  }
});

test('of equally near ones, and of equally good ones, the lower index is taken', () => {
  const pairs = { vectors: Float32Array.of(1, -1, 0.5), action: new Float32Array(1), isAllowed: all };
  const farthest = (candidates: Float32Array) => candidates.map(Math.abs);
  expect(wolpertinger({ ...pairs, neighbors: 2, valuesOf: farthest })).toBe(0);
  expect(wolpertinger({ ...pairs, neighbors: 3, valuesOf: (candidates) => candidates.map(() => 7) })).toBe(0);
});

test('with k = N it is the greedy choice of the critic, whatever the proto-action', () => {
  const random = Random.fromSeed(1);
  for (let round = 0; round < 200; round++) {
    const count = 1 + random.integer(20);
    const draw = (length: number) => Float32Array.from({ length }, () => random.normal());
    const [table, weights] = [draw(3 * count), draw(3)];
    const valuesOf = (candidates: Float32Array) =>
      Array.from({ length: candidates.length / 3 }, (_, row) =>
        weights.reduce((sum, weight, index) => sum + weight * candidates[3 * row + index]!, 0),
      );
    const values = valuesOf(table);
    const allowed = values.map(() => random.uniform() < 0.7);
    if (!allowed.includes(true)) continue;
    const best = values.reduce(
      (chosen, value, index) => (allowed[index] && (chosen < 0 || value > values[chosen]!) ? index : chosen),
      -1,
    );
    const isAllowed = (index: number) => allowed[index]!;
    expect(wolpertinger({ action: draw(3), vectors: table, isAllowed, neighbors: count, valuesOf })).toBe(
      best,
    );
  }
});

describe('what is not allowed', () => {
  test('is never chosen, nor does it take the place of a neighbor', () => {
    const isAllowed = (index: number) => index !== 1 && index !== 0;
    expect(wolpertinger({ action, vectors, isAllowed, neighbors: 1, valuesOf: firstNumber })).toBe(2);
  });

  test('stays out even where all values are negative', () => {
    const valuesOf = (candidates: Float32Array) => firstNumber(candidates).map(() => -5);
    expect(wolpertinger({ action, vectors, isAllowed: (index) => index === 3, neighbors: 4, valuesOf })).toBe(
      3,
    );
  });
});

test('errors are named', () => {
  const rest = { action, vectors, valuesOf: firstNumber };
  expect(() => wolpertinger({ ...rest, isAllowed: () => false, neighbors: 1 })).toThrow(
    'isAllowed: expected at least one action, got none',
  );
  expect(() => wolpertinger({ ...rest, isAllowed: all, neighbors: 0 })).toThrow(
    'neighbors: expected a positive integer, got 0',
  );
});
