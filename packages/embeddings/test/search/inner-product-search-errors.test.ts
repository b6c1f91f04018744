import { describe, expect, test } from '@jest/globals';
import { createEmbeddingTable, InnerProductSearch, type EmbeddingTable } from '../../src/index.js';

const search = new InnerProductSearch(createEmbeddingTable(Float32Array.of(1, 2, 3, 4, 5, 6), 2));
const query = Float32Array.of(1, 1);

describe('a table', () => {
  const tableOf = (rows: number, size: number, length: number) =>
    ({ rows, size, vectors: { length } }) as unknown as EmbeddingTable;

  test.each([0, 1.5, NaN])('of size %p is refused', (size) => {
    expect(() => new InnerProductSearch(tableOf(0, size, 0))).toThrow(
      new RangeError(`table.size: expected a positive integer, got ${size}`),
    );
  });

  test.each([-1, 1.5, NaN])('of %p rows is refused', (rows) => {
    expect(() => new InnerProductSearch(tableOf(rows, 2, 3))).toThrow(
      new RangeError(`table.rows: expected a non-negative integer, got ${rows}`),
    );
  });

  test.each([5, 7])('of 3 × 2 rows with %p numbers is refused', (length) => {
    expect(() => new InnerProductSearch(tableOf(3, 2, length))).toThrow(
      new RangeError(`table.vectors: expected 3 × 2 = 6 numbers, got ${length}`),
    );
  });

  test('that 32 bits do not address is refused', () => {
    const rows = 2 ** 24;
    expect(() => new InnerProductSearch(tableOf(rows, 64, rows * 64))).toThrow(
      /^table: expected a search of at most 4 GiB \(4294967296 bytes\), got 55\d{8} bytes$/,
    );
  });
});

describe('a call', () => {
  test.each([0, -1, 1.5, NaN, Infinity])('with k = %p is refused', (k) => {
    const error = new RangeError(`k: expected a positive integer, got ${k}`);
    expect(() => search.topK(query, k)).toThrow(error);
    expect(() => search.topKBatch(query, k)).toThrow(error);
  });

  test('with a query of another size is refused', () => {
    expect(() => search.topK(new Float32Array(4), 1)).toThrow(
      new RangeError('query: expected 2 numbers, got 4'),
    );
    expect(() => search.topKBatch(new Float32Array(3), 1)).toThrow(
      new RangeError('queries: expected a multiple of 2 numbers, got 3'),
    );
  });

  test.each([-1, 3, 0.5, NaN])('that excludes row %p is refused, and excludes nothing', (row) => {
    expect(() => search.topK(query, 1, { excluded: [2, row] })).toThrow(
      new RangeError(`excluded[1]: expected 0 to 2, got ${row}`),
    );
    const queries = Float32Array.of(1, 1, 1, 1);
    expect(() => search.topKBatch(queries, 1, { excluded: [[2], [1, 1, row]] })).toThrow(
      new RangeError(`excluded[1][2]: expected 0 to 2, got ${row}`),
    );
    expect(search.topK(query, 1)).toEqual([{ item: 2, score: 11 }]);
  });

  test.each([0, 1, 3])('with %p lists for 2 queries is refused', (lists) => {
    const excluded = Array.from({ length: lists }, () => []);
    expect(() => search.topKBatch(new Float32Array(4), 1, { excluded })).toThrow(
      new RangeError(`excluded: expected a list for each of 2 queries, got ${lists}`),
    );
  });
});
