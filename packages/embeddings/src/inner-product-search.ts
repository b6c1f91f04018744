import type { EmbeddingTable } from './embedding-table.js';
import { assertExcluded, assertK, assertRows, assertTable } from './search-arguments.js';
import { SearchEngine } from './search-engine.js';
import { SCAN_QUERIES } from './search-kernels.js';
import type { ScoredItem } from './top-k.js';

/**
 * Exact search for the rows of a table that have the largest inner products with a query: what
 * {@link topK} finds in the scores of all rows, many times faster, by SIMD in WebAssembly.
 *
 * A score is added up in float32, dimension after dimension, so that it is the same alone and in a batch,
 * and the same for equal rows.
 */
export class InnerProductSearch {
  /** How many rows the table has. */
  readonly rows: number;
  /** How long a row and a query are. */
  readonly size: number;
  private readonly engine: SearchEngine;

  /**
   * Copies the table, which may change or go afterwards. The copy takes 4 bytes a number and a byte a row,
   * with the rows filled up to a multiple of 32, in a WebAssembly memory of its own. That grows by 64 bytes
   * for each of the most rows that are ever asked for, and never shrinks.
   *
   * @param table - float32 `[rows, size]`; may have no rows.
   * @throws RangeError where the table's numbers are not rows × size, or take more than the 4 GiB that
   * WebAssembly can address, or more memory than there is.
   */
  constructor(table: EmbeddingTable) {
    assertTable(table);
    this.rows = table.rows;
    this.size = table.size;
    this.engine = new SearchEngine(table);
  }

  /**
   * The `k` rows with the largest inner products, best first; of equal ones the lower row first.
   *
   * A score that is not above −∞ (−∞ itself, or NaN) is never returned.
   *
   * @param query - float32 `[size]`
   * @param options - `excluded`: rows that are not to be returned, in any order, repeated or not
   * (default none).
   * @returns fewer than `k` where there are not as many.
   * @throws RangeError where the query has another size, `k` is not a positive integer or is too large
   * for the memory, or an excluded row is not in the table.
   */
  topK(query: Float32Array, k: number, options: { excluded?: ArrayLike<number> } = {}): ScoredItem[] {
    if (query.length !== this.size) {
      throw new RangeError(`query: expected ${this.size} numbers, got ${query.length}`);
    }
    assertK(k);
    const { excluded = [] } = options;
    assertRows('excluded', excluded, this.rows);
    return this.engine.scan(query, k, [excluded])[0]!;
  }

  /**
   * {@link InnerProductSearch.topK} of many queries, with less work for each: eight share a pass over the
   * table.
   *
   * @param queries - float32 `[batch, size]`; may be empty.
   * @param options - `excluded`: for each query a list of rows that are not to be returned (default none).
   * @returns a list for each query, as `topK` gives it.
   * @throws RangeError where the queries have another size, `k` is not a positive integer or is too large
   * for the memory, there is not one list for each query, or an excluded row is not in the table.
   */
  topKBatch(
    queries: Float32Array,
    k: number,
    options: { excluded?: readonly ArrayLike<number>[] } = {},
  ): ScoredItem[][] {
    const { size } = this;
    if (queries.length % size !== 0) {
      throw new RangeError(`queries: expected a multiple of ${size} numbers, got ${queries.length}`);
    }
    assertK(k);
    const { excluded = [] } = options;
    const batch = queries.length / size;
    if (options.excluded !== undefined) assertExcluded(excluded, batch, this.rows);
    const found: ScoredItem[][] = [];
    for (let first = 0; first < batch; first += SCAN_QUERIES) {
      const end = Math.min(first + SCAN_QUERIES, batch);
      found.push(
        ...this.engine.scan(queries.subarray(first * size, end * size), k, excluded.slice(first, end)),
      );
    }
    return found;
  }
}
