import { BLOCK_ROWS } from './block';
import { push, threshold } from './heap';

/**
 * Offers a block's scores, float32 `[32]`, to a heap. A row is barred where its byte in `barred` has the
 * `bit`; that is looked at only once a score is good enough. No comparison lets −∞ or NaN through.
 */
export function collect(scores: usize, firstRow: i32, barred: usize, bit: i32, heap: usize, k: i32): void {
  if (!anyAbove(scores, threshold(heap))) return;
  for (let row: usize = 0; row < BLOCK_ROWS; row++) {
    const score = load<f32>(scores + (row << 2));
    if (score > threshold(heap) && !(load<u8>(barred + row) & bit)) push(heap, k, score, firstRow + <i32>row);
  }
}

function anyAbove(scores: usize, least: f32): bool {
  const bar = f32x4.splat(least);
  let above = f32x4.gt(v128.load(scores), bar);
  for (let offset: usize = 16; offset < BLOCK_ROWS << 2; offset += 16) {
    above = v128.or(above, f32x4.gt(v128.load(scores + offset), bar));
  }
  return v128.any_true(above);
}
