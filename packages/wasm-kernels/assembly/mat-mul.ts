import { activate, RELU } from './activation';
import { packColumns, packRows } from './pack';
import { finishTile, LOW_TILE_ROWS, lowTile, PANEL, tile, TILE_COLUMNS, TILE_ROWS } from './tile';
import { rowProducts, weightedRowSum } from './vector-product';

/** How much packed B is kept at once; the same number stands in src/mat-mul-scratch.ts. */
const GROUP_BYTES: i32 = 196608;
const CACHE_BYTES: i32 = 24576;

/**
 * C = f(op(A) · op(B) + bias), row by row; op transposes where its flag is set.
 *
 * @param rows - of C; A is `[rows, depth]`, or `[depth, rows]` where it is transposed.
 * @param columns - of C; B is `[depth, columns]`, or `[columns, depth]` where it is transposed.
 * @param aStride - how many numbers one row of A, as it lies, begins behind the one before; B and C have no gaps.
 * @param bias - `[columns]`, or address 0 for none.
 * @param kind - f; see `activate` for this, slope and slopes.
 * @param scratch - 160 bytes for an edge, then 192 KiB for panels, or 32 · depth where that is more.
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
  c: usize,
  bias: usize,
  kind: i32,
  slope: f32,
  slopes: usize,
  scratch: usize,
): void {
  if (thinProduct(transposeA, transposeB, rows, columns, depth, a, aStride << 2, b, c)) {
    if (bias || kind) activate(c, rows, columns, bias, kind, slope, slopes);
    return;
  }
  panelProduct(
    transposeA,
    transposeB,
    rows,
    columns,
    depth,
    a,
    aStride << 2,
    b,
    c,
    bias,
    kind == RELU,
    scratch,
  );
  if (kind > RELU) activate(c, rows, columns, 0, kind, slope, slopes);
}

/** A product with so few rows or columns that a panel would not pay; false where it has more. */
function thinProduct(
  transposeA: bool,
  transposeB: bool,
  rows: i32,
  columns: i32,
  depth: i32,
  a: usize,
  aStride: usize,
  b: usize,
  c: usize,
): bool {
  if (depth == 0) {
    memory.fill(c, 0, (<usize>(rows * columns)) << 2); // the sum of nothing
    return true;
  }
  const bStride = (<usize>(transposeB ? depth : columns)) << 2;
  if (columns == 1) {
    if (transposeA) weightedRowSum(b, 4, a, aStride, c, rows, depth);
    else rowProducts(a, aStride, b, c, rows, depth);
    return true;
  }
  if (rows == 1 && transposeB) {
    rowProducts(b, bStride, a, c, columns, depth);
    return true;
  }
  if (rows >= 4 || transposeB) return false;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const from = transposeA ? a + (row << 2) : a + row * aStride;
    weightedRowSum(from, transposeA ? aStride : 4, b, bStride, c + ((row * columns) << 2), columns, depth);
  }
  return true;
}

/**
 * A product by panels of B and tiles of C. A panel is a copy of 8 columns of op(B), because their rows lie so far
 * apart that they evict each other from the cache.
 */
function panelProduct(
  transposeA: bool,
  transposeB: bool,
  rows: i32,
  columns: i32,
  depth: i32,
  a: usize,
  aStride: usize,
  b: usize,
  c: usize,
  bias: usize,
  relu: bool,
  scratch: usize,
): void {
  // From one row of op(A) to the next, and from one number in it to the next.
  const aRow: usize = transposeA ? 4 : aStride;
  const aStep: usize = transposeA ? aStride : 4;
  // A group of panels stays in the second cache while a block of rows stays in the first.
  const groupPanels = max(1, GROUP_BYTES / (32 * depth));
  const blockRows = rowsInCache(transposeA, depth);
  // The first tile of a panel packs what it multiplies, where columns can be read as they lie.
  const tilesPack = !transposeB && rows >= LOW_TILE_ROWS && columns >= TILE_COLUMNS;
  const panelCount = (columns + TILE_COLUMNS - 1) / TILE_COLUMNS;
  for (let group = 0; group < panelCount; group += groupPanels) {
    const groupEnd = min(panelCount, group + groupPanels);
    if (!tilesPack) packPanels(transposeB, b, columns, depth, group, groupEnd, scratch + PANEL);
    let block = 0;
    while (block < rows) {
      // What does not fill a block comes first, and so the low tiles, of which the first may pack.
      const blockEnd = block + ((rows - block - 1) % blockRows) + 1;
      for (let panel = group; panel < groupEnd; panel++) {
        const packed = scratch + ((<usize>(panel - group) * depth) << 5);
        const offset = (<usize>firstColumn(panel, columns)) << 2;
        const panelBias = bias ? bias + offset : 0;
        multiplyBlock(
          a,
          aRow,
          aStep,
          block,
          blockEnd,
          rows,
          packed,
          depth,
          panelBias,
          relu,
          c + offset,
          columns,
          scratch,
          tilesPack && block == 0 ? b + offset : 0,
        );
      }
      block = blockEnd;
    }
  }
}

/** Packs the panels `first` to `end` of op(B) one after the other. */
function packPanels(
  transposeB: bool,
  b: usize,
  columns: i32,
  depth: i32,
  first: i32,
  end: i32,
  packed: usize,
): void {
  const stride = (<usize>(transposeB ? depth : columns)) << 2;
  const width = min(TILE_COLUMNS, columns);
  for (let panel = first; panel < end; panel++) {
    const column = <usize>firstColumn(panel, columns);
    const to = packed + ((<usize>(panel - first) * depth) << 5);
    if (transposeB) packRows(b + column * stride, stride, to, depth, width);
    else packColumns(b + (column << 2), stride, to, depth, width);
  }
}

/**
 * Rows `from` to `to` of one panel's columns of the result.
 *
 * @param unpacked - the columns of B, whose rows are as long as those of C, where the first tile is to pack them;
 * 0 where they are packed.
 */
function multiplyBlock(
  a: usize,
  aRow: usize,
  aStep: usize,
  from: i32,
  to: i32,
  rows: i32,
  packed: usize,
  depth: i32,
  bias: usize,
  relu: bool,
  c: usize,
  columns: i32,
  edge: usize,
  unpacked: usize,
): void {
  const cStride = (<usize>columns) << 2;
  let next = from;
  while (next < to) {
    // Only a low tile packs. Then low ones until what is left comes out even, or is less than one: that ends with the
    // matrix, and what it shares with the tile before is computed again.
    const packs = unpacked && next == from;
    const height = packs || (to - next) % TILE_ROWS ? LOW_TILE_ROWS : TILE_ROWS;
    const row = max(0, min(next, rows - height));
    const written = min(height, rows);
    const out = c + <usize>row * cStride;
    const o0 = <usize>row * aRow;
    const last = o0 + <usize>(written - 1) * aRow;
    const o1 = min(o0 + aRow, last);
    const o2 = min(o1 + aRow, last);
    const o3 = min(o2 + aRow, last);
    const isWhole = written == height && columns >= TILE_COLUMNS;
    const target = isWhole ? out : edge;
    const stride = isWhole ? cStride : 32;
    if (height == TILE_ROWS) tile(a, o0, o1, o2, o3, last, aStep, packed, depth, target, stride);
    else if (packs) lowTile(a, o0, o1, o2, o3, aStep, unpacked, cStride, packed, depth, target, stride);
    else lowTile(a, o0, o1, o2, o3, aStep, packed + PANEL, 32, packed, depth, target, stride);
    if (bias || relu) finishTile(target, stride, height, bias, relu);
    if (!isWhole) copyCorner(edge, out, cStride, written, min(TILE_COLUMNS, columns));
    next += height;
  }
}

/** The last panel ends with the matrix, and shares columns with the one before. */
function firstColumn(panel: i32, columns: i32): i32 {
  return min(panel * TILE_COLUMNS, max(0, columns - TILE_COLUMNS));
}

/** How many rows of A fill three quarters of a first cache of 32 KiB, in whole tiles. */
function rowsInCache(transposed: bool, depth: i32): i32 {
  // Transposed, a row of op(A) lies in as many cache lines as it has numbers, which 16 rows share.
  const rows = transposed ? (CACHE_BYTES / (64 * depth)) * 16 : CACHE_BYTES / (4 * depth);
  return max(1, rows / TILE_ROWS) * TILE_ROWS;
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
