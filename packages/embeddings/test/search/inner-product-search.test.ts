import { describe, expect, jest, test } from '@jest/globals';
import { createEmbeddingTable, InnerProductSearch, type ScoredItem } from '../../src/index.js';

const rowsOf = (found: ScoredItem[]) => found.map(({ item }) => item);

describe('by hand', () => {
  const table = createEmbeddingTable(Float32Array.of(1, 2, 3, 4, 0, 5, -1, -1, 3, 4), 2);
  const search = new InnerProductSearch(table);
  const query = Float32Array.of(10, 1); // 12, 34, 5, -11, 34

  test('best first, of equal ones the lower row', () => {
    expect(search.topK(query, 3)).toEqual([
      { item: 1, score: 34 },
      { item: 4, score: 34 },
      { item: 0, score: 12 },
    ]);
  });

  test('all rows where k is larger, negative scores too, and nothing of what fills up the block', () => {
    expect(rowsOf(search.topK(query, Number.MAX_SAFE_INTEGER))).toEqual([1, 4, 0, 2, 3]);
    expect(search.topK(Float32Array.of(-1, -1), 9).map(({ score }) => score)).toEqual([2, -3, -5, -7, -7]);
  });

  test('excluded rows are left out, in that call only', () => {
    expect(rowsOf(search.topK(query, 2, { excluded: [4, 1, 4] }))).toEqual([0, 2]);
    expect(rowsOf(search.topK(query, 2, { excluded: Int32Array.of(1) }))).toEqual([4, 0]);
    expect(search.topK(query, 2, { excluded: [0, 1, 2, 3, 4] })).toEqual([]);
    expect(rowsOf(search.topK(query, 2, { excluded: [] }))).toEqual([1, 4]);
  });

  test('a batch has a list of its own for each query', () => {
    const queries = Float32Array.of(10, 1, -1, 0, 10, 1);
    const found = search.topKBatch(queries, 2, { excluded: [[1], [], [0, 4]] });
    expect(found.map(rowsOf)).toEqual([
      [4, 0],
      [3, 2],
      [1, 2],
    ]);
    expect(search.topKBatch(queries, 2).map(rowsOf)).toEqual([
      [1, 4],
      [3, 2],
      [1, 4],
    ]);
    expect(search.topKBatch(new Float32Array(), 2)).toEqual([]);
  });

  test('a score of −∞ or NaN is never returned, +∞ is', () => {
    expect(search.topK(Float32Array.of(Infinity, 0), 9)).toEqual([
      { item: 0, score: Infinity },
      { item: 1, score: Infinity },
      { item: 4, score: Infinity },
    ]); // row 2's is 0 · ∞, row 3's −∞
    expect(search.topK(Float32Array.of(NaN, 0), 9)).toEqual([]);
  });

  test('the table is copied', () => {
    const own = createEmbeddingTable(Float32Array.of(1, 2), 1);
    const copy = new InnerProductSearch(own);
    own.vectors.fill(0);
    expect(copy.topK(Float32Array.of(1), 1)).toEqual([{ item: 1, score: 2 }]);
    expect({ rows: copy.rows, size: copy.size }).toEqual({ rows: 2, size: 1 });
  });

  test('a table without rows has nothing to find', () => {
    const empty = new InnerProductSearch(createEmbeddingTable(new Float32Array(), 3));
    expect(empty.topK(new Float32Array(3), 5)).toEqual([]);
    expect(empty.topKBatch(new Float32Array(6), 5)).toEqual([[], []]);
  });
});

test('the memory grows with k, once, and the table outlives it', () => {
  const rows = 20_000;
  const search = new InnerProductSearch(
    createEmbeddingTable(
      Float32Array.from({ length: rows }, (_, row) => row),
      1,
    ),
  );
  const grow = jest.spyOn(WebAssembly.Memory.prototype, 'grow');
  const call = () => {
    expect(rowsOf(search.topK(Float32Array.of(1), rows)).slice(0, 2)).toEqual([rows - 1, rows - 2]);
    expect(rowsOf(search.topKBatch(Float32Array.of(1, -1, 1), rows)[1]!).slice(0, 2)).toEqual([0, 1]);
  };
  call();
  expect(grow).toHaveBeenCalledTimes(2);
  for (let again = 0; again < 20; again++) call();
  expect(grow).toHaveBeenCalledTimes(2);
  grow.mockRestore();
});
