import { BLOCK_ROWS, BLOCK_STRIDE } from './block';
import { GROUP_STRIDE, pairsOf, PAIR_STRIDE } from './byte-block';

/** The inner products of the bytes of a block's rows with one query of a group: int32 `[32]` at `scores`. */
export function scoreBytesOfOne(bytes: usize, query: usize, size: usize, scores: usize): void {
  let a = i32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let e = a;
  let f = a;
  let g = a;
  let h = a;
  const end = bytes + pairsOf(size) * PAIR_STRIDE;
  while (bytes < end) {
    const x = v128.load32_splat(query);
    a = i32x4.add(a, i32x4.dot_i16x8_s(x, v128.load8x8_s(bytes)));
    b = i32x4.add(b, i32x4.dot_i16x8_s(x, v128.load8x8_s(bytes, 8)));
    c = i32x4.add(c, i32x4.dot_i16x8_s(x, v128.load8x8_s(bytes, 16)));
    d = i32x4.add(d, i32x4.dot_i16x8_s(x, v128.load8x8_s(bytes, 24)));
    e = i32x4.add(e, i32x4.dot_i16x8_s(x, v128.load8x8_s(bytes, 32)));
    f = i32x4.add(f, i32x4.dot_i16x8_s(x, v128.load8x8_s(bytes, 40)));
    g = i32x4.add(g, i32x4.dot_i16x8_s(x, v128.load8x8_s(bytes, 48)));
    h = i32x4.add(h, i32x4.dot_i16x8_s(x, v128.load8x8_s(bytes, 56)));
    bytes += PAIR_STRIDE;
    query += GROUP_STRIDE;
  }
  v128.store(scores, a);
  v128.store(scores, b, 16);
  v128.store(scores, c, 32);
  v128.store(scores, d, 48);
  v128.store(scores, e, 64);
  v128.store(scores, f, 80);
  v128.store(scores, g, 96);
  v128.store(scores, h, 112);
}

/**
 * The inner products of the bytes of a block's rows with a group of 4 queries: int32 `[4, 32]` at `scores`.
 *
 * Eight rows at a time: eight sums are what the registers hold beside their operands.
 */
export function scoreBytesOfFour(bytes: usize, queries: usize, size: usize, scores: usize): void {
  for (let row: usize = 0; row < BLOCK_ROWS; row += 8) {
    scoreEightByFour(bytes + 2 * row, queries, size, scores + (row << 2));
  }
}

function scoreEightByFour(bytes: usize, queries: usize, size: usize, scores: usize): void {
  let a = i32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let e = a;
  let f = a;
  let g = a;
  let h = a;
  const end = bytes + pairsOf(size) * PAIR_STRIDE;
  while (bytes < end) {
    const low = v128.load8x8_s(bytes);
    const high = v128.load8x8_s(bytes, 8);
    let x = v128.load32_splat(queries);
    a = i32x4.add(a, i32x4.dot_i16x8_s(x, low));
    b = i32x4.add(b, i32x4.dot_i16x8_s(x, high));
    x = v128.load32_splat(queries, 4);
    c = i32x4.add(c, i32x4.dot_i16x8_s(x, low));
    d = i32x4.add(d, i32x4.dot_i16x8_s(x, high));
    x = v128.load32_splat(queries, 8);
    e = i32x4.add(e, i32x4.dot_i16x8_s(x, low));
    f = i32x4.add(f, i32x4.dot_i16x8_s(x, high));
    x = v128.load32_splat(queries, 12);
    g = i32x4.add(g, i32x4.dot_i16x8_s(x, low));
    h = i32x4.add(h, i32x4.dot_i16x8_s(x, high));
    bytes += PAIR_STRIDE;
    queries += GROUP_STRIDE;
  }
  v128.store(scores, a);
  v128.store(scores, b, 16);
  v128.store(scores, c, BLOCK_STRIDE);
  v128.store(scores, d, BLOCK_STRIDE + 16);
  v128.store(scores, e, 2 * BLOCK_STRIDE);
  v128.store(scores, f, 2 * BLOCK_STRIDE + 16);
  v128.store(scores, g, 3 * BLOCK_STRIDE);
  v128.store(scores, h, 3 * BLOCK_STRIDE + 16);
}
