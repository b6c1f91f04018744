import { describe, expect, test } from '@jest/globals';
import { createEmbeddingTable, vectorOf } from '../src/index.js';

const table = createEmbeddingTable(Float32Array.of(1, 2, 3, 4, 5, 6), 2);

describe('createEmbeddingTable', () => {
  test('counts the rows and does not copy', () => {
    const vectors = Float32Array.of(1, 2, 3, 4, 5, 6);
    const { rows, size, vectors: kept } = createEmbeddingTable(vectors, 3);
    expect({ rows, size }).toEqual({ rows: 2, size: 3 });
    expect(kept).toBe(vectors);
  });

  test('may be empty', () => {
    expect(createEmbeddingTable(new Float32Array(), 4).rows).toBe(0);
  });

  test.each([0, -2, 1.5, 4, NaN])('the size %p is refused', (size) => {
    expect(() => createEmbeddingTable(new Float32Array(6), size)).toThrow(
      new RangeError(`size: expected a divisor of the 6 numbers, got ${size}`),
    );
  });

  test.each([NaN, Infinity, -Infinity])('%p is refused, with its row', (bad) => {
    expect(() => createEmbeddingTable(Float32Array.of(1, 2, 3, 4, 5, bad), 2)).toThrow(
      new RangeError(`vectors: expected finite numbers, got ${bad} in row 2`),
    );
  });
});

describe('vectorOf', () => {
  test('is the row', () => {
    expect([0, 1, 2].map((row) => [...vectorOf(table, row)])).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
  });

  test('writes through to the table', () => {
    const own = createEmbeddingTable(new Float32Array(4), 2);
    vectorOf(own, 1)[0] = 7;
    expect([...own.vectors]).toEqual([0, 0, 7, 0]);
  });

  test.each([-1, 3, 0.5, NaN])('there is no row %p', (row) => {
    expect(() => vectorOf(table, row)).toThrow(new RangeError(`row: expected 0 to 2, got ${row}`));
  });
});
