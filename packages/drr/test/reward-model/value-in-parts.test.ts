import { expect, test } from '@jest/globals';
import { valueInParts } from '../../src/reward-model/value-in-parts.js';

const candidates = Int32Array.of(...[1, 2, 3, 4, 5], ...[11, 12, 13, 14, 15]);

test.each([
  ['all at once', 10, [10]],
  ['in uneven parts', 5, [4, 4, 2]],
  ['one of each row where even that is too much', 1, [2, 2, 2, 2, 2]],
])('values each candidate in its place, %s', (_, most, sizes) => {
  const asked: Int32Array[] = [];
  const values = valueInParts(candidates, 2, most, (columns) => {
    asked.push(columns);
    return Float32Array.from(columns, (item) => item / 2);
  });
  expect(Array.from(values)).toEqual([0.5, 1, 1.5, 2, 2.5, 5.5, 6, 6.5, 7, 7.5]);
  expect(asked.map(({ length }) => length)).toEqual(sizes);
  // Each part has as many of the first row as of the second, and in this order.
  for (const columns of asked) {
    const half = columns.length / 2;
    expect(columns.slice(half)).toEqual(columns.slice(0, half).map((item) => item + 10));
  }
});

test('asks for nothing where there is nothing', () => {
  const never = () => {
    throw new Error('asked');
  };
  expect(valueInParts(new Int32Array(0), 3, 10, never)).toEqual(new Float32Array(0));
});

test('refuses rows of different lengths', () => {
  const zeros = (columns: Int32Array) => new Float32Array(columns.length);
  expect(() => valueInParts(candidates, 3, 10, zeros)).toThrow(
    'candidates: expected as many for each of 3 users, got 10',
  );
});
