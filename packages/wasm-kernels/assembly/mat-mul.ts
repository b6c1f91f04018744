import { packColumns, packRows } from './pack';
import { PANEL, tile, TILE_COLUMNS, TILE_ROWS } from './tile';
import { rowProducts, weightedRowSum } from './vector-product';

/**
 * C = op(A) · op(B), all row by row without gaps in a row; op transposes where its flag is set.
 *
 * @param rows - of C; A is `[rows, depth]`, or `[depth, rows]` where it is transposed.
 * @param columns - of C; B is `[depth, columns]`, or `[columns, depth]` where it is transposed.
 * @param aStride - bytes from one row of A, as it lies, to the next; likewise of B and C.
 * @param scratch - 160 bytes for an edge, then 32 · depth for a panel.
 */
export function matMul(
  transposeA: bool,
  transposeB: bool,
  rows: i32,
  columns: i32,
  depth: i32,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  c: usize,
  cStride: usize,
  scratch: usize,
): void {
  // From one row of op(A) to the next, and from one number in it to the next.
  const aRow: usize = transposeA ? 4 : aStride;
  const aStep: usize = transposeA ? aStride : 4;
  if (columns == 1 && cStride == 4 && !transposeA && (transposeB || bStride == 4)) {
    rowProducts(a, aStride, b, c, rows, depth);
    return;
  }
  if (columns == 1 && cStride == 4 && transposeA) {
    weightedRowSum(b, transposeB ? 4 : bStride, a, aStride, c, rows, depth);
    return;
  }
  if (rows == 1 && transposeB && !transposeA) {
    rowProducts(b, bStride, a, c, columns, depth);
    return;
  }
  if (rows < 4 && !transposeB) {
    for (let row = 0; row < rows; row++) {
      weightedRowSum(a + <usize>row * aRow, aStep, b, bStride, c + <usize>row * cStride, columns, depth);
    }
    return;
  }
  const edge = scratch;
  const panel = scratch + PANEL;
  for (let next = 0; next < columns; next += TILE_COLUMNS) {
    const width = min(TILE_COLUMNS, columns);
    // The last panel ends with the matrix: what it shares with the one before is computed again.
    const column = min(next, columns - width);
    const offset = (<usize>column) << 2;
    if (transposeB) packRows(b + <usize>column * bStride, bStride, panel, depth, width);
    else packColumns(b + offset, bStride, panel, depth, width);
    for (let nextRow = 0; nextRow < rows; nextRow += TILE_ROWS) {
      const height = min(TILE_ROWS, rows);
      const row = min(nextRow, rows - height);
      const out = c + <usize>row * cStride + offset;
      const o0 = <usize>row * aRow;
      const last = o0 + <usize>(height - 1) * aRow;
      const o1 = min(o0 + aRow, last);
      const o2 = min(o1 + aRow, last);
      const o3 = min(o2 + aRow, last);
      if (height == TILE_ROWS && width == TILE_COLUMNS) {
        tile(a, o0, o1, o2, o3, last, aStep, scratch, depth, out, cStride);
      } else {
        tile(a, o0, o1, o2, o3, last, aStep, scratch, depth, edge, 32);
        copyCorner(edge, out, cStride, height, width);
      }
    }
  }
}

function copyCorner(edge: usize, out: usize, stride: usize, height: i32, width: i32): void {
  for (let row = 0; row < height; row++) {
    for (let column: usize = 0; column < <usize>width; column++) {
      store<f32>(out + (column << 2), load<f32>(edge + (column << 2)));
    }
    edge += 32;
    out += stride;
  }
}
