import { BLOCK_ROWS, BLOCK_STRIDE, GROUP, GROUP_STRIDE } from './block';
import { collect } from './collect';
import { clear, sort } from './heap';
import { scoreFour, scoreOne } from './score';

/**
 * The `k` best rows of `blocks` blocks for each of at most 8 queries, as sorted heaps `heapStride` bytes
 * apart. All queries score a block while it is in the cache. Query q minds bit q of `barred`, a byte a row.
 */
export function scan(
  table: usize,
  blocks: i32,
  size: usize,
  queries: usize,
  count: usize,
  barred: usize,
  scores: usize,
  heaps: usize,
  heapStride: usize,
  k: i32,
): void {
  for (let query: usize = 0; query < count; query++) clear(heaps + query * heapStride);
  const grouped = count - (count % GROUP);
  for (let index = 0; index < blocks; index++) {
    const block = table + <usize>index * size * BLOCK_STRIDE;
    const firstRow = index * <i32>BLOCK_ROWS;
    for (let query: usize = 0; query < grouped; query += GROUP) {
      scoreFour(block, queries + query * (size << 2), size, scores + query * BLOCK_STRIDE);
    }
    for (let query = grouped; query < count; query++) {
      const group = queries + grouped * (size << 2);
      scoreOne(block, group + ((query - grouped) << 2), size, scores + query * BLOCK_STRIDE);
    }
    for (let query: usize = 0; query < count; query++) {
      const heap = heaps + query * heapStride;
      collect(scores + query * BLOCK_STRIDE, firstRow, barred + firstRow, 1 << (<i32>query), heap, k);
    }
  }
  for (let query: usize = 0; query < count; query++) sort(heaps + query * heapStride);
}
