/** A sparse matrix by rows. */
export interface SparseRows {
  readonly rows: number;
  /** int32 `[rows + 1]`: row r has the places from `offsets[r]` to `offsets[r + 1] - 1`. */
  readonly offsets: Int32Array;
  /** int32 `[places]` */
  readonly columns: Int32Array;
  /** float32 `[places]` */
  readonly values: Float32Array;
}

/** The same by columns, `columns` of them, of which each has its rows in ascending order: a counting sort. */
export function transpose({ rows, offsets, columns, values }: SparseRows, columnCount: number): SparseRows {
  const starts = new Int32Array(columnCount + 1);
  for (const column of columns) starts[column + 1]! += 1;
  for (let column = 0; column < columnCount; column++) starts[column + 1]! += starts[column]!;
  const next = starts.slice();
  const sorted = { columns: new Int32Array(columns.length), values: new Float32Array(columns.length) };
  for (let row = 0; row < rows; row++) {
    for (let place = offsets[row]!; place < offsets[row + 1]!; place++) {
      const to = next[columns[place]!]!++;
      sorted.columns[to] = row;
      sorted.values[to] = values[place]!;
    }
  }
  return { rows: columnCount, offsets: starts, ...sorted };
}
