import { BLOCK_ROWS, BLOCK_STRIDE } from './block';
import { bound } from './bound';
import { byteBlockStride, BYTES, GROUP, pairsOf } from './byte-block';
import { collect } from './collect';
import { clear, threshold } from './heap';
import { scoreBytesOfFour, scoreBytesOfOne } from './score-bytes';

/**
 * Finds out by bytes which of `blocks` blocks may hold the `k` best rows of each of at most 8 queries. `bounds`,
 * float32 `[count, blocks]`, is then what a block's scores are at most. Each heap is left empty, with a threshold
 * that the k best scores beat: it collects what scores are at least. All queries score a block while it is in the
 * cache. Query q minds bit q of `barred`, a byte a row.
 */
export function screen(
  bytes: usize,
  blocks: i32,
  size: usize,
  queries: usize,
  factors: usize,
  count: usize,
  barred: usize,
  scores: usize,
  bounds: usize,
  heaps: usize,
  heapStride: usize,
  k: i32,
): void {
  for (let query: usize = 0; query < count; query++) clear(heaps + query * heapStride, -Infinity);
  const stride = byteBlockStride(size);
  const grouped = count - (count % GROUP);
  const queryStride = pairsOf(size) << 2;
  for (let index = 0; index < blocks; index++) {
    const block = bytes + <usize>index * stride;
    const firstRow = index * <i32>BLOCK_ROWS;
    for (let query: usize = 0; query < grouped; query += GROUP) {
      scoreBytesOfFour(block + BYTES, queries + query * queryStride, size, scores + query * BLOCK_STRIDE);
    }
    for (let query = grouped; query < count; query++) {
      const group = queries + grouped * queryStride;
      scoreBytesOfOne(block + BYTES, group + ((query - grouped) << 2), size, scores + query * BLOCK_STRIDE);
    }
    for (let query: usize = 0; query < count; query++) {
      const own = scores + query * BLOCK_STRIDE;
      const most = bound(block, factors + (query << 4), own);
      store<f32>(bounds + ((query * <usize>blocks + <usize>index) << 2), most);
      const heap = heaps + query * heapStride;
      if (!(most > threshold(heap))) continue;
      collect(own, firstRow, barred + firstRow, 1 << (<i32>query), heap, k);
    }
  }
  for (let query: usize = 0; query < count; query++) {
    const heap = heaps + query * heapStride;
    clear(heap, threshold(heap));
  }
}

/** Takes the place of `screen` where that does not pay: every block may hold the best rows. */
export function admitAll(blocks: i32, count: usize, bounds: usize, heaps: usize, heapStride: usize): void {
  for (let query: usize = 0; query < count; query++) clear(heaps + query * heapStride, -Infinity);
  const end = bounds + ((count * <usize>blocks) << 2);
  for (let to = bounds; to < end; to += 4) store<f32>(to, Infinity);
}
