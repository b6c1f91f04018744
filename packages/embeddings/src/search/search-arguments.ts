import type { EmbeddingTable } from '../embedding-table.js';

/** Rows that each query must not return. */
export type ExcludedLists = readonly ArrayLike<number>[];

/** @throws RangeError where rows or size are no counts, or the numbers are not rows × size. */
export function assertTable({ rows, size, vectors }: EmbeddingTable): void {
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new RangeError(`table.size: expected a positive integer, got ${size}`);
  }
  if (!Number.isSafeInteger(rows) || rows < 0) {
    throw new RangeError(`table.rows: expected a non-negative integer, got ${rows}`);
  }
  if (vectors.length !== rows * size) {
    throw new RangeError(
      `table.vectors: expected ${rows} × ${size} = ${rows * size} numbers, got ${vectors.length}`,
    );
  }
}

/** @throws RangeError where `k` is not a positive integer. */
function assertK(k: number): void {
  if (!Number.isSafeInteger(k) || k < 1) throw new RangeError(`k: expected a positive integer, got ${k}`);
}

/** @throws RangeError where it is no index of int32. */
export function assertItem(item: number): void {
  if (!(Number.isInteger(item) && item >= 0 && item < 2 ** 31)) {
    throw new RangeError(`item: expected an integer from 0 to ${2 ** 31 - 1}, got ${item}`);
  }
}

/** @throws RangeError where the length is not `size`, or a number is not finite. */
export function assertVector(vector: Float32Array, size: number): void {
  if (vector.length !== size) {
    throw new RangeError(`vector: expected ${size} numbers, got ${vector.length}`);
  }
  for (let place = 0; place < size; place++) {
    if (!Number.isFinite(vector[place])) {
      throw new RangeError(`vector[${place}]: expected a finite number, got ${vector[place]}`);
    }
  }
}

/** @throws RangeError where the query has another size, `k` is no positive integer, or a row is not in the table. */
export function assertQuery(
  query: Float32Array,
  size: number,
  k: number,
  excluded: ArrayLike<number>,
  rows: number,
): void {
  if (query.length !== size) throw new RangeError(`query: expected ${size} numbers, got ${query.length}`);
  assertK(k);
  assertRows('excluded', excluded, rows);
}

/**
 * @returns how many queries there are.
 * @throws RangeError as {@link assertQuery} does, and where there is not one list for each query.
 */
export function assertQueries(
  queries: Float32Array,
  size: number,
  k: number,
  excluded: ExcludedLists | undefined,
  rows: number,
): number {
  if (queries.length % size !== 0) {
    throw new RangeError(`queries: expected a multiple of ${size} numbers, got ${queries.length}`);
  }
  assertK(k);
  const batch = queries.length / size;
  if (excluded !== undefined) assertExcluded(excluded, batch, rows);
  return batch;
}

/** @throws RangeError where a row is not in the table; it is called `name[place]`. */
function assertRows(name: string, list: ArrayLike<number>, rows: number): void {
  for (let place = 0; place < list.length; place++) {
    const row = list[place]!;
    if (!(Number.isInteger(row) && row >= 0 && row < rows)) {
      throw new RangeError(`${name}[${place}]: expected 0 to ${rows - 1}, got ${row}`);
    }
  }
}

/** @throws RangeError where there is not one list for each query, or a row is not in the table. */
function assertExcluded(excluded: ExcludedLists, queries: number, rows: number): void {
  if (excluded.length !== queries) {
    throw new RangeError(`excluded: expected a list for each of ${queries} queries, got ${excluded.length}`);
  }
  for (const [query, list] of excluded.entries()) assertRows(`excluded[${query}]`, list, rows);
}
