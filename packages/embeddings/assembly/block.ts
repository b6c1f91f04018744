/**
 * Rows are kept in blocks of 32, dimension by dimension: float32 `[size, 32]`. A scan then reads memory
 * straight on, has eight independent sums, and adds up every row in the same plain order, so that equal
 * rows score exactly alike in whatever kernel and at whatever place they are.
 */
export const BLOCK_ROWS: usize = 32;

/** Bytes of one dimension of a block, and of the scores of one query. */
export const BLOCK_STRIDE: usize = BLOCK_ROWS << 2;

/** Turns rows, float32 `[count, size]` with at most 32 of them, into a block; zeros fill it up. */
export function packBlock(rows: usize, count: usize, size: usize, block: usize): void {
  memory.fill(block, 0, size * BLOCK_STRIDE);
  for (let row: usize = 0; row < count; row++) {
    let to = block + (row << 2);
    const end = rows + (size << 2);
    while (rows < end) {
      store<f32>(to, load<f32>(rows));
      rows += 4;
      to += BLOCK_STRIDE;
    }
  }
}
