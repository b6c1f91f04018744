import { BLOCK_STRIDE } from './block';

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
    query += 4;
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
 * The inner products of all rows of `blocks` blocks with `count` vectors, float32 `[count, size]`: float32 `[count, 32 · blocks]` at
 * `scores`. Each is added up in plain order, so that it is the same whoever else is asked for.
 */
export function scoreAll(
  table: usize,
  blocks: usize,
  size: usize,
  queries: usize,
  count: usize,
  scores: usize,
): void {
  for (let index: usize = 0; index < blocks; index++) {
    const block = table + index * size * BLOCK_STRIDE;
    for (let query: usize = 0; query < count; query++) {
      scoreOne(block, queries + query * (size << 2), size, scores + (query * blocks + index) * BLOCK_STRIDE);
    }
  }
}
