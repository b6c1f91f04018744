import { addTile, subtractTile, tile } from './tile';

/** Bytes of a row of a panel: 8 numbers. */
const PANEL_ROW: usize = 32;

/**
 * Copies columns as panels of 8: float32 `[panels, depth, 8]`. A product of panels reads memory straight on, whatever
 * lies between two rows of the matrix.
 *
 * @param from - the first column's first number; rows lie `stride` bytes apart.
 */
export function packColumns(from: usize, stride: usize, depth: i32, panels: i32, to: usize): void {
  for (let panel = 0; panel < panels; panel++) {
    let at = from;
    for (let row = 0; row < depth; row++) {
      v128.store(to, v128.load(at));
      v128.store(to, v128.load(at, 16), 16);
      at += stride;
      to += PANEL_ROW;
    }
    from += PANEL_ROW;
  }
}

/** The same of the transposed matrix: panels of 8 rows, which begin at `from`. */
export function packRows(from: usize, stride: usize, depth: i32, panels: i32, to: usize): void {
  for (let panel = 0; panel < panels; panel++) {
    for (let column = 0; column < depth; column++) {
      let at = from + ((<usize>column) << 2);
      for (let lane: usize = 0; lane < PANEL_ROW; lane += 4) {
        store<f32>(to + lane, load<f32>(at));
        at += stride;
      }
      to += PANEL_ROW;
    }
    from += stride << 3;
  }
}

/**
 * Adds LᵀR, or takes it away: L and R are packed columns of the same depth.
 *
 * @param to - what it is added to: rows lie `stride` bytes apart, 8 columns `step` bytes from the next 8.
 * @param triangle - only what lies right of the diagonal, of which 8 × 8 blocks are whole.
 * @param edge - 128 bytes for a tile.
 */
export function addPanelProducts(
  left: usize,
  leftPanels: i32,
  right: usize,
  rightPanels: i32,
  depth: i32,
  to: usize,
  stride: usize,
  step: usize,
  negative: bool,
  triangle: bool,
  edge: usize,
): void {
  const size = (<usize>depth) << 5;
  for (let panel = 0; panel < rightPanels; panel++) {
    const count = triangle ? min(leftPanels, panel + 1) : leftPanels;
    let out = to;
    for (let at = left, end = left + <usize>count * size; at < end; at += size) {
      for (let half: usize = 0; half < PANEL_ROW; half += 16) {
        tile(0, at + half, right, PANEL_ROW, depth, edge);
        if (negative) subtractTile(edge, out, stride);
        else addTile(edge, out, stride);
        out += stride << 2;
      }
    }
    right += size;
    to += step;
  }
}
