import { expect, test } from '@jest/globals';
import type { SavedLinear } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { itemFactors } from '../src/item-factors.js';

test('the factors of a matrix of rank 2 span its rows, and are orthonormal', () => {
  const [rows, left, right] = [5, [1, 2, 0, -1, 1, 0, 1, 1, 2, -2], [2, 1, 0, 1, -1, 1, 0, 3, 1, 1]];
  const weights = new Float32Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) {
      for (let k = 0; k < 2; k++) weights[i * rows + j]! += left[2 * i + k]! * right[2 * j + k]!;
    }
  }
  const model: SavedLinear = {
    ...{ kind: 'linear', name: 'any', itemCount: rows, weights, likedFrom: 4, fittedOn: [] },
    input: { liked: 1, disliked: 1 },
  };
  const q = itemFactors(model, 2, Random.fromSeed(1));
  const dot = (a: number, b: number) =>
    Array.from({ length: rows }, (_, row) => q[2 * row + a]! * q[2 * row + b]!).reduce((x, y) => x + y);
  expect(dot(0, 0)).toBeCloseTo(1, 5);
  expect(dot(1, 1)).toBeCloseTo(1, 5);
  expect(dot(0, 1)).toBeCloseTo(0, 5);
  // B Q Qᵀ = B: nothing of a row lies outside.
  for (let i = 0; i < rows; i++) {
    const row = weights.subarray(i * rows, (i + 1) * rows);
    const coordinates = [0, 1].map((k) => row.reduce((sum, value, j) => sum + value * q[2 * j + k]!, 0));
    for (let j = 0; j < rows; j++) {
      expect(coordinates[0]! * q[2 * j]! + coordinates[1]! * q[2 * j + 1]!).toBeCloseTo(row[j]!, 4);
    }
  }
});
