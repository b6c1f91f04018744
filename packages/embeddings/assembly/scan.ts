import { BLOCK_ROWS, BLOCK_STRIDE } from './block';
import { byteBlockStride } from './byte-block';
import { collect } from './collect';
import { clear, sort, threshold } from './heap';
import { quantizeQueries } from './quantize-query';
import { bar, screen } from './screen';
import { countAbove, exceededBy } from './threshold';

/** Blocks that are screened at once: what is known of their scores stays in the cache. */
export const STRETCH: i32 = 128;

/**
 * The `k` best rows of a table for each of at most 8 queries, float32 `[count, size]`, as sorted heaps `heapStride` bytes apart.
 *
 * Stretch by stretch bytes tell what scores are at least and at most; then those rows are scored in float32 that may be above the k-th
 * best of what scores are at least. Query q minds bit q of `barred`, a byte a row.
 *
 * @param table - float32 `[rows, size]`; `bytes` has its `blocks` blocks once more.
 * @param steps - room, as `quantizeQueries` fills it, and `factors`.
 * @param scores - room for int32 `[8, 32]`, as `lows` and `highs` are for float32 `[8, stretch rows]`, and `room` for float32 `[8]` and
 * int32 `[stretch rows + 8]`.
 */
export function scan(
  table: usize,
  bytes: usize,
  blocks: i32,
  size: usize,
  queries: usize,
  steps: usize,
  factors: usize,
  count: usize,
  barred: usize,
  scores: usize,
  lows: usize,
  highs: usize,
  room: usize,
  heaps: usize,
  heapStride: usize,
  k: i32,
): void {
  for (let query: usize = 0; query < count; query++) clear(heaps + query * heapStride, -Infinity);
  quantizeQueries(queries, count, size, steps, factors);
  const stride = <usize>min(blocks, STRETCH) * BLOCK_STRIDE;
  for (let first = 0; first < blocks; first += STRETCH) {
    const some = min(STRETCH, blocks - first);
    const firstRow = first * <i32>BLOCK_ROWS;
    const rows = some * <i32>BLOCK_ROWS;
    const block = bytes + <usize>first * byteBlockStride(size);
    screen(block, some, size, steps, factors, count, scores, lows, highs, stride);
    for (let query: usize = 0; query < count; query++) {
      const low = lows + query * stride;
      const high = highs + query * stride;
      const heap = heaps + query * heapStride;
      bar(barred + firstRow, some, 1 << (<i32>query), low, high);
      let least = threshold(heap);
      // Where fewer rows than k are sure to beat the heap, it knows best.
      if (countAbove(low, rows, least) >= k) least = max(least, exceededBy(low, rows, k));
      collect(table, size, queries + query * (size << 2), firstRow, high, rows, least, room, heap, k);
    }
  }
  for (let query: usize = 0; query < count; query++) sort(heaps + query * heapStride);
}
