import { BLOCK_ROWS, BLOCK_STRIDE } from './block';
import { collect } from './collect';
import { sort, threshold } from './heap';
import { scoreOne } from './score';

/**
 * The `k` best rows of `blocks` blocks for each of at most 8 queries, float32 `[count, size]`, as sorted heaps
 * `heapStride` bytes apart, after `screen` or `admitAll`: only blocks whose bound beats a query's threshold are looked
 * at. Query q minds bit q of `barred`, a byte a row.
 */
export function scan(
  table: usize,
  blocks: i32,
  size: usize,
  queries: usize,
  count: usize,
  barred: usize,
  scores: usize,
  bounds: usize,
  heaps: usize,
  heapStride: usize,
  k: i32,
): void {
  for (let index = 0; index < blocks; index++) {
    const block = table + <usize>index * size * BLOCK_STRIDE;
    const firstRow = index * <i32>BLOCK_ROWS;
    for (let query: usize = 0; query < count; query++) {
      const heap = heaps + query * heapStride;
      const most = load<f32>(bounds + ((query * <usize>blocks + <usize>index) << 2));
      if (!(most > threshold(heap))) continue;
      scoreOne(block, queries + query * (size << 2), size, scores);
      collect(scores, firstRow, barred + firstRow, 1 << (<i32>query), heap, k);
    }
  }
  for (let query: usize = 0; query < count; query++) sort(heaps + query * heapStride);
}
