import type { ScoredItem } from './top-k.js';

/**
 * Finds the items whose vectors have the largest inner products with a query. Items are dense indices 0, 1, 2, …
 * that the caller chooses; memory goes by the largest one.
 */
export interface ItemIndex {
  /** How long a vector and a query are. */
  readonly size: number;
  /** How many items there are. */
  readonly count: number;

  /** Whether there is the item. */
  has(item: number): boolean;

  /**
   * Adds an item, or gives it another vector. The vector is copied.
   *
   * @throws RangeError where the item is no index, or the vector has another size or a number that is not finite.
   */
  add(item: number, vector: Float32Array): void;

  /**
   * Takes an item out; its place serves when it is added again.
   *
   * @returns whether there was one.
   */
  remove(item: number): boolean;

  /**
   * The `k` items with the largest inner products, best first; of equal ones the lower item first.
   *
   * @param query - float32 `[size]`
   * @param options - `excluded`: items that are not to be returned, in any order, repeated or not, removed or not
   * (default none).
   * @returns fewer than `k` where there are not as many.
   */
  topK(query: Float32Array, k: number, options?: { excluded?: ArrayLike<number> }): ScoredItem[];

  /**
   * {@link ItemIndex.topK} of many queries, with less work for each.
   *
   * @param queries - float32 `[batch, size]`; may be empty.
   * @param options - `excluded`: a list for each query (default none).
   * @returns a list for each query.
   */
  topKBatch(
    queries: Float32Array,
    k: number,
    options?: { excluded?: readonly ArrayLike<number>[] },
  ): ScoredItem[][];
}
