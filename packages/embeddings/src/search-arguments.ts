import type { EmbeddingTable } from './embedding-table.js';

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
export function assertK(k: number): void {
  if (!Number.isSafeInteger(k) || k < 1) throw new RangeError(`k: expected a positive integer, got ${k}`);
}

/** @throws RangeError where a row is not in the table; it is called `name[place]`. */
export function assertRows(name: string, list: ArrayLike<number>, rows: number): void {
  for (let place = 0; place < list.length; place++) {
    const row = list[place]!;
    if (!(Number.isInteger(row) && row >= 0 && row < rows)) {
      throw new RangeError(`${name}[${place}]: expected 0 to ${rows - 1}, got ${row}`);
    }
  }
}

/** @throws RangeError where there is not one list for each query, or a row is not in the table. */
export function assertExcluded(excluded: ExcludedLists, queries: number, rows: number): void {
  if (excluded.length !== queries) {
    throw new RangeError(`excluded: expected a list for each of ${queries} queries, got ${excluded.length}`);
  }
  for (const [query, list] of excluded.entries()) assertRows(`excluded[${query}]`, list, rows);
}
