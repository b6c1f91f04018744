import { BLOCK_ROWS, BLOCK_STRIDE } from './block';
import { bound } from './bound';
import { byteBlockStride, BYTES, GROUP, pairsOf } from './byte-block';
import { scoreBytesOfFour, scoreBytesOfOne } from './score-bytes';

/**
 * Finds out by bytes what the scores of `blocks` blocks for each of at most 8 queries are at least and at most: float32 `[count, any]`
 * at `lows` and `highs`, `stride` bytes a query. All queries score a block while it is in the cache.
 *
 * @param scores - int32 `[8, 32]`: room.
 */
export function screen(
  bytes: usize,
  blocks: i32,
  size: usize,
  queries: usize,
  factors: usize,
  count: usize,
  scores: usize,
  lows: usize,
  highs: usize,
  stride: usize,
): void {
  const blockStride = byteBlockStride(size);
  const grouped = count - (count % GROUP);
  const queryStride = pairsOf(size) << 2;
  for (let index: usize = 0; index < <usize>blocks; index++) {
    const block = bytes + index * blockStride;
    for (let query: usize = 0; query < grouped; query += GROUP) {
      scoreBytesOfFour(block + BYTES, queries + query * queryStride, size, scores + query * BLOCK_STRIDE);
    }
    for (let query = grouped; query < count; query++) {
      const group = queries + grouped * queryStride;
      scoreBytesOfOne(block + BYTES, group + ((query - grouped) << 2), size, scores + query * BLOCK_STRIDE);
    }
    for (let query: usize = 0; query < count; query++) {
      const to = query * stride + index * BLOCK_STRIDE;
      bound(block, factors + (query << 4), scores + query * BLOCK_STRIDE, lows + to, highs + to);
    }
  }
}

/** Takes rows out for one query: nothing is above −∞. */
export function bar(barred: usize, blocks: i32, bit: i32, lows: usize, highs: usize): void {
  const mask = i8x16.splat(<i8>bit);
  const rows = <usize>blocks * BLOCK_ROWS;
  for (let first: usize = 0; first < rows; first += 16) {
    const open = i8x16.eq(v128.and(v128.load(barred + first), mask), i8x16.splat(0));
    for (let closed = i8x16.bitmask(open) ^ 0xffff; closed !== 0; closed &= closed - 1) {
      const place = (first + <usize>ctz(closed)) << 2;
      store<f32>(lows + place, -Infinity);
      store<f32>(highs + place, -Infinity);
    }
  }
}
