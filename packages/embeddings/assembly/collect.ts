import { BLOCK_ROWS } from './block';
import { push, threshold } from './heap';

/**
 * Offers a block's scores, float32 `[32]`, to a heap. A row is barred where its byte in `barred` has the
 * `bit`; that is looked at only once a score is good enough. No comparison lets −∞ or NaN through.
 */
export function collect(scores: usize, firstRow: i32, barred: usize, bit: i32, heap: usize, k: i32): void {
  // Most rows of most blocks are not: their bits are skipped, and not looked at one by one.
  for (let above = rowsAbove(scores, threshold(heap)); above !== 0; above &= above - 1) {
    const row = <usize>ctz(above);
    const score = load<f32>(scores + (row << 2));
    if (score > threshold(heap) && !(load<u8>(barred + row) & bit)) push(heap, k, score, firstRow + <i32>row);
  }
}

/** A bit for each of 32 scores that is above another. */
function rowsAbove(scores: usize, least: f32): u32 {
  const bar = f32x4.splat(least);
  let above: u32 = 0;
  for (let row: usize = 0; row < BLOCK_ROWS; row += 4) {
    const four = i32x4.bitmask(f32x4.gt(v128.load(scores + (row << 2)), bar));
    above |= (<u32>four) << (<u32>row);
  }
  return above;
}
