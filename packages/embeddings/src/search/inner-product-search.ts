import type { EmbeddingTable } from '../embedding-table.js';
import type { ItemIndex } from './item-index.js';
import { scanTable } from './scan-table.js';
import { assertItem, assertQueries, assertQuery, assertTable, assertVector } from './search-arguments.js';
import { SCAN_QUERIES } from '../memory/search-kernels.js';
import { SearchTable } from './search-table.js';
import type { ScoredItem } from './top-k.js';

/**
 * Exact search for the items that have the largest inner products with a query: what {@link topK} finds in the
 * scores of all, many times faster, by SIMD in WebAssembly.
 *
 * It keeps each vector twice, in float32 and in int8. A query first goes over the int8, a quarter as much to read,
 * and finds how much each score can be at most and at least; only what may be among the best is then scored in
 * float32. For ten or a hundred of thousands of items that takes from a third to nine tenths of the time of all float32; where
 * vectors are so alike that bytes rule out none it takes four times as long, and where all items are asked for one and a half times.
 *
 * A score is added up in float32, dimension after dimension, so that it is the same alone and in a batch, and
 * the same for equal vectors. What is found depends on the items alone, not on how they came in.
 */
export class InnerProductSearch implements ItemIndex {
  readonly size: number;
  private readonly engine: SearchTable;

  /**
   * Copies the table, whose rows are the items 0 to rows − 1; it may change or go afterwards. The copy takes 5
   * bytes a number and 10 bytes a row, with the rows filled up to a multiple of 32 and int8 to an even size, in a
   * WebAssembly memory of its own, and room of 0.3 MB at most. That is 27 % more than float32 alone for vectors of size 100. It has half as much
   * room again once an item beyond it is added, grows by 64 bytes for each of the most items that are ever asked for,
   * and never shrinks.
   *
   * @param table - float32 `[rows, size]`; may have no rows.
   * @throws RangeError where the table's numbers are not rows × size, or take more than the 4 GiB that
   * WebAssembly can address, or more memory than there is.
   */
  constructor(table: EmbeddingTable) {
    assertTable(table);
    this.size = table.size;
    this.engine = new SearchTable(table);
  }

  /** One more than the largest item that there ever was. */
  get rows(): number {
    return this.engine.rows;
  }

  get count(): number {
    return this.engine.count;
  }

  has(item: number): boolean {
    return this.engine.has(item);
  }

  /**
   * Adds an item, or gives it another vector, which is copied: that writes the vector, and now and then moves the
   * table to where there is more room. Memory goes by the largest item.
   *
   * @param item - an integer from 0 on.
   * @param vector - float32 `[size]`
   * @throws RangeError where the item is no such integer, or is too large for 4 GiB or for the memory, or the
   * vector has another size or a number that is not finite. Nothing has changed then.
   */
  add(item: number, vector: Float32Array): void {
    assertItem(item);
    assertVector(vector, this.size);
    this.engine.write(item, vector);
  }

  /** Takes an item out, and says whether there was one. Its place serves when it is added again. */
  remove(item: number): boolean {
    return this.engine.erase(item);
  }

  /**
   * The `k` items with the largest inner products, best first; of equal ones the lower item first.
   *
   * A score that is not above −∞ (−∞ itself, or NaN) is never returned.
   *
   * @param query - float32 `[size]`
   * @param options - `excluded`: items that are not to be returned, in any order, repeated or not, removed or not
   * (default none).
   * @returns fewer than `k` where there are not as many.
   * @throws RangeError where the query has another size, `k` is not a positive integer or is too large
   * for the memory, or an excluded item is not below `rows`.
   */
  topK(query: Float32Array, k: number, options: { excluded?: ArrayLike<number> } = {}): ScoredItem[] {
    const { excluded = [] } = options;
    assertQuery(query, this.size, k, excluded, this.rows);
    return scanTable(this.engine, query, k, [excluded])[0]!;
  }

  /**
   * {@link InnerProductSearch.topK} of many queries, with less work for each: eight share a pass over the
   * table.
   *
   * @param queries - float32 `[batch, size]`; may be empty.
   * @param options - `excluded`: for each query a list of items that are not to be returned (default none).
   * @returns a list for each query, as `topK` gives it.
   * @throws RangeError where the queries have another size, `k` is not a positive integer or is too large
   * for the memory, there is not one list for each query, or an excluded item is not below `rows`.
   */
  topKBatch(
    queries: Float32Array,
    k: number,
    options: { excluded?: readonly ArrayLike<number>[] } = {},
  ): ScoredItem[][] {
    const { size } = this;
    const { excluded = [] } = options;
    const batch = assertQueries(queries, size, k, options.excluded, this.rows);
    const found: ScoredItem[][] = [];
    for (let first = 0; first < batch; first += SCAN_QUERIES) {
      const end = Math.min(first + SCAN_QUERIES, batch);
      found.push(
        ...scanTable(this.engine, queries.subarray(first * size, end * size), k, excluded.slice(first, end)),
      );
    }
    return found;
  }
}
