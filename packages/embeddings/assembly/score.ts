import { BLOCK_ROWS, BLOCK_STRIDE, GROUP_STRIDE } from './block';

/** The inner products of a block's rows with one query: float32 `[32]` at `scores`. */
export function scoreOne(block: usize, query: usize, size: usize, scores: usize): void {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let e = a;
  let f = a;
  let g = a;
  let h = a;
  const end = block + size * BLOCK_STRIDE;
  while (block < end) {
    const x = v128.load32_splat(query);
    a = f32x4.add(a, f32x4.mul(x, v128.load(block)));
    b = f32x4.add(b, f32x4.mul(x, v128.load(block, 16)));
    c = f32x4.add(c, f32x4.mul(x, v128.load(block, 32)));
    d = f32x4.add(d, f32x4.mul(x, v128.load(block, 48)));
    e = f32x4.add(e, f32x4.mul(x, v128.load(block, 64)));
    f = f32x4.add(f, f32x4.mul(x, v128.load(block, 80)));
    g = f32x4.add(g, f32x4.mul(x, v128.load(block, 96)));
    h = f32x4.add(h, f32x4.mul(x, v128.load(block, 112)));
    block += BLOCK_STRIDE;
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
 * The inner products of a block's rows with a group of 4 queries: float32 `[4, 32]` at `scores`.
 *
 * Eight rows at a time: eight sums are what the registers hold beside their operands.
 */
export function scoreFour(block: usize, queries: usize, size: usize, scores: usize): void {
  for (let row: usize = 0; row < BLOCK_ROWS; row += 8) {
    scoreEightByFour(block + (row << 2), queries, size, scores + (row << 2));
  }
}

function scoreEightByFour(rows: usize, queries: usize, size: usize, scores: usize): void {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let e = a;
  let f = a;
  let g = a;
  let h = a;
  const end = rows + size * BLOCK_STRIDE;
  while (rows < end) {
    const low = v128.load(rows);
    const high = v128.load(rows, 16);
    let x = v128.load32_splat(queries);
    a = f32x4.add(a, f32x4.mul(x, low));
    b = f32x4.add(b, f32x4.mul(x, high));
    x = v128.load32_splat(queries, 4);
    c = f32x4.add(c, f32x4.mul(x, low));
    d = f32x4.add(d, f32x4.mul(x, high));
    x = v128.load32_splat(queries, 8);
    e = f32x4.add(e, f32x4.mul(x, low));
    f = f32x4.add(f, f32x4.mul(x, high));
    x = v128.load32_splat(queries, 12);
    g = f32x4.add(g, f32x4.mul(x, low));
    h = f32x4.add(h, f32x4.mul(x, high));
    rows += BLOCK_STRIDE;
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
