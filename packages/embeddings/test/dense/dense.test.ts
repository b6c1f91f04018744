import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { DenseMatrix } from '../../src/dense/dense-matrix.js';
import { multiplyNegated } from '../../src/dense/multiply.js';
import { FitWork } from '../../src/fit/fit-control.js';
import { invertRidge } from '../../src/fit/ridge-inverse.js';
import { KernelMemory } from '../../src/memory/kernel-memory.js';

const work = new FitWork({});

/** Rows of numbers. */
type Rows = readonly (readonly number[])[];

function drawRows(seed: number, rows: number, columns: number): Rows {
  const random = Random.fromSeed(seed);
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => random.normal()));
}

function put(matrix: DenseMatrix, rows: Rows): void {
  rows.forEach((row, index) => matrix.numbers().set(row, index * matrix.stride));
}

/** The largest difference of a matrix from a product, in double precision. */
function worst(left: Rows, right: Rows, expected: (row: number, column: number) => number): number {
  let most = 0;
  left.forEach((row, i) => {
    right[0]!.forEach((_, j) => {
      const product = row.reduce((sum, value, k) => sum + value * right[k]![j]!, 0);
      most = Math.max(most, Math.abs(product - expected(i, j)));
    });
  });
  return most;
}

function rowsOf(copy: Float32Array, size: number): Rows {
  return Array.from({ length: size }, (_, row) => [...copy.subarray(row * size, (row + 1) * size)]);
}

// At the edges of panels of 8, of blocks of 128 and of 32 panels at once.
describe.each([1, 7, 8, 129, 264])('a matrix of %d rows', (size) => {
  const memory = new KernelMemory('matrix');
  // What lies left of the diagonal is not looked at.
  const x = drawRows(size, size, size);
  const gram = x.map((_, i) => x.map((_, j) => x.reduce((sum, row) => sum + row[i]! * row[j]!, 0)));
  const matrix = new DenseMatrix(memory, size);
  const inverse = new DenseMatrix(memory, size);

  test('times its inverse is the identity', async () => {
    put(
      inverse,
      gram.map((row, i) => row.map((value, j) => (j < i ? NaN : value))),
    );
    await invertRidge(memory, inverse, size, work);
    const ridge = gram.map((row, i) => row.map((value, j) => (i === j ? value + size : value)));
    const minus = rowsOf(inverse.copy(), size);
    expect(worst(ridge, minus, (i, j) => (i === j ? -1 : 0))).toBeLessThan(1e-4);
  });

  test('is multiplied in its place', async () => {
    const right = drawRows(size + 1, size, size);
    put(matrix, right);
    const minus = rowsOf(inverse.copy(), size);
    await multiplyNegated(memory, inverse, matrix, work);
    const product = matrix.copy();
    expect(worst(minus, right, (i, j) => -product[i * size + j]!)).toBeLessThan(1e-4);
  });
});

test('a penalty that is lost in rounding is refused, with the item where it was', async () => {
  const memory = new KernelMemory('matrix');
  const matrix = new DenseMatrix(memory, 200);
  const isAlike = (item: number) => item === 3 || item === 150;
  const gram = Array.from({ length: 200 }, (_, i) =>
    Array.from({ length: 200 }, (_, j) => (isAlike(i) && isAlike(j) ? 1000 : i === j ? 1 : 0)),
  );
  put(matrix, gram);
  await expect(invertRidge(memory, matrix, 1e-5, work)).rejects.toThrow(
    new RangeError(
      'regularization: expected a penalty that float32 sees beside the ratings of item 150, got 0.00001',
    ),
  );
});
