import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import fc from 'fast-check';
import { RowDots } from '../../src/scores/row-dots.js';
import { rowSumsOf } from '../../src/scores/row-sums.js';

const sizes = fc.record({
  rows: fc.integer({ min: 1, max: 30 }),
  columns: fc.integer({ min: 1, max: 30 }),
  seed: fc.integer(),
});

test('sums of rows are those of plain loops, whatever the sizes', () => {
  fc.assert(
    fc.property(sizes, fc.constantFrom(0, 1, 7, 8, 9, 300), ({ rows, columns, seed }, count) => {
      const random = Random.fromSeed(seed);
      const matrix = Float32Array.from({ length: rows * columns }, () => random.normal());
      const sums = rowSumsOf(matrix, columns);
      const expected = new Float64Array(columns);
      sums.begin();
      for (let added = 0; added < count; added++) {
        const [row, factor] = [random.integer(rows), Math.fround(random.normal())];
        sums.add(row, factor);
        for (let column = 0; column < columns; column++) {
          expected[column]! += factor * matrix[row * columns + column]!;
        }
      }
      const got = new Float32Array(columns);
      sums.end(got);
      expect([...got]).toEqual(closeTo(expected, 3));
    }),
    { numRuns: 100 },
  );
});

test('products of rows are those of plain loops, and no others are touched', () => {
  fc.assert(
    fc.property(sizes, ({ rows, columns, seed }) => {
      const random = Random.fromSeed(seed);
      const matrix = Float32Array.from({ length: rows * columns }, () => random.normal());
      const dots = new RowDots(matrix, columns);
      dots.x.set(Float32Array.from({ length: columns }, () => random.normal()));
      dots.products.fill(7);
      const first = random.integer(rows);
      dots.compute(first, rows);
      const expected = Array.from({ length: rows }, (_, row) =>
        row < first ? 7 : dots.x.reduce((sum, x, k) => sum + x * matrix[row * columns + k]!, 0),
      );
      expect([...dots.products]).toEqual(closeTo(expected, 4));
    }),
    { numRuns: 100 },
  );
});

test('scorers of one matrix share its copy', () => {
  const matrix = Float32Array.of(1, 2, 3, 4);
  expect(rowSumsOf(matrix, 2)).toBe(rowSumsOf(matrix, 2));
  expect(rowSumsOf(matrix.slice(), 2)).not.toBe(rowSumsOf(matrix, 2));
});
