/** One vector for each of many users or items, row after row. */
export interface EmbeddingTable {
  readonly rows: number;
  /** How long a vector is. */
  readonly size: number;
  /** float32 `[rows, size]`, row by row. */
  readonly vectors: Float32Array;
}

/**
 * A table over existing numbers, which it does not copy.
 *
 * @throws RangeError where `size` is not a positive integer that divides the length, or a number is
 * not finite; it names the row.
 */
export function createEmbeddingTable(vectors: Float32Array, size: number): EmbeddingTable {
  if (!Number.isSafeInteger(size) || size < 1 || vectors.length % size !== 0) {
    throw new RangeError(`size: expected a divisor of the ${vectors.length} numbers, got ${size}`);
  }
  assertFinite({ size, vectors });
  return { rows: vectors.length / size, size, vectors };
}

/** @throws RangeError where a number is not finite; it names the row. */
export function assertFinite({ size, vectors }: Pick<EmbeddingTable, 'size' | 'vectors'>): void {
  let bad = 0; // a callback for each of many millions of numbers would take seconds
  while (bad < vectors.length && Number.isFinite(vectors[bad])) bad++;
  if (bad < vectors.length) {
    throw new RangeError(
      `vectors: expected finite numbers, got ${vectors[bad]} in row ${Math.floor(bad / size)}`,
    );
  }
}

/**
 * A view of one row: writing to it writes to the table.
 *
 * @throws RangeError where there is no such row.
 */
export function vectorOf({ rows, size, vectors }: EmbeddingTable, row: number): Float32Array {
  if (!(Number.isInteger(row) && row >= 0 && row < rows)) {
    throw new RangeError(`row: expected 0 to ${rows - 1}, got ${row}`);
  }
  return vectors.subarray(row * size, (row + 1) * size);
}
