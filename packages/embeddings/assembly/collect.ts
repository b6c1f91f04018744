import { push, threshold } from './heap';
import { scoreRows } from './score-rows';

/** Rows that are scored at once. */
const ROWS: i32 = 8;

/**
 * Scores those of `count` rows that may be above `least`, and offers them to a heap.
 *
 * @param highs - float32 `[count]`: what their scores are at most; `count` is a multiple of 32.
 * @param room - for float32 `[8]` and int32 `[count + 8]`.
 */
export function collect(
  table: usize,
  size: usize,
  query: usize,
  firstRow: i32,
  highs: usize,
  count: i32,
  least: f32,
  room: usize,
  heap: usize,
  k: i32,
): void {
  const rows = room + ((<usize>ROWS) << 2);
  const found = rowsAbove(highs, count, least, firstRow, rows);
  // The last of them fills up what is scored at once.
  for (let place = found; place % ROWS !== 0; place++) {
    store<i32>(rows + ((<usize>place) << 2), load<i32>(rows + ((<usize>(found - 1)) << 2)));
  }
  for (let first = 0; first < found; first += ROWS) {
    const eight = rows + ((<usize>first) << 2);
    scoreRows(table, eight, size, query, room);
    const end = min(ROWS, found - first);
    for (let place = 0; place < end; place++) {
      const score = load<f32>(room + ((<usize>place) << 2));
      if (score > threshold(heap)) push(heap, k, score, load<i32>(eight + ((<usize>place) << 2)));
    }
  }
}

/** The rows whose numbers are above another, in order: int32 `[result]` at `rows`. */
function rowsAbove(values: usize, count: i32, least: f32, firstRow: i32, rows: usize): i32 {
  const bar = f32x4.splat(least);
  let to = rows;
  for (let first = 0; first < count; first += 16) {
    const from = values + ((<usize>first) << 2);
    let above = i32x4.bitmask(f32x4.gt(v128.load(from), bar));
    above |= i32x4.bitmask(f32x4.gt(v128.load(from, 16), bar)) << 4;
    above |= i32x4.bitmask(f32x4.gt(v128.load(from, 32), bar)) << 8;
    above |= i32x4.bitmask(f32x4.gt(v128.load(from, 48), bar)) << 12;
    for (; above !== 0; above &= above - 1) {
      store<i32>(to, firstRow + first + ctz(above));
      to += 4;
    }
  }
  return <i32>((to - rows) >> 2);
}
