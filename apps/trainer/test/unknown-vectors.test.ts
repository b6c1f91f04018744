import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { unknownVectors } from '../src/variants/unknown-vectors.js';

test('things of which nothing is known are a dimension each, or nearly orthogonal where they are many', () => {
  const few = unknownVectors(3, Random.fromSeed(1));
  expect([...few.vectors]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  const { rows, size, vectors } = unknownVectors(5000, Random.fromSeed(1));
  expect([rows, size]).toEqual([5000, 256]);
  const dot = (one: number, other: number) => {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += vectors[one * size + k]! * vectors[other * size + k]!;
    return sum;
  };
  for (let row = 0; row < 50; row++) {
    expect(dot(row, row)).toBeCloseTo(1, 5);
    expect(Math.abs(dot(row, row + 1))).toBeLessThan(0.3);
  }
});
