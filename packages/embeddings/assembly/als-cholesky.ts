import { subtractTile, tile } from './tile';

/**
 * How small a pivot may be beside what stood on the diagonal: sums of float32 products are good to about
 * that, so that below it is rounding alone.
 */
const LEAST_PIVOT: f32 = 1e-6;

/**
 * A = UᵀU by Cholesky's decomposition, in place in the upper triangle, four rows at a time: first what
 * the rows above take from them, by the tiles that make a Gram matrix, then among the four.
 *
 * Columns right of the square are carried along: a right-hand side b there becomes U⁻ᵀ b.
 *
 * @param size - rows of the matrix; it has room for a multiple of 4.
 * @param width - bytes of a row that count, a multiple of 16; rows lie `width + 16` bytes apart.
 * @param edge - 128 bytes for a tile, then 32 for pivots.
 * @returns false where the matrix is not positive definite, as far as rounding can tell.
 */
export function decompose(matrix: usize, size: usize, width: usize, edge: usize): bool {
  const stride = width + 16;
  const pivots = edge + 128;
  const least = pivots + 16;
  for (let first: usize = 0; first < size; first += 4) {
    const rows = matrix + first * stride;
    const column = first << 2;
    leastPivots(rows + column, stride, least);
    for (let next = column; first > 0 && next < width; next += 32) {
      tile(matrix, column, next, stride, first, edge);
      subtractTile(edge, rows + next, stride);
    }
    if (!decomposeFour(rows + column, stride, size - first, least, pivots)) return false;
    if (column + 16 < width) solveFour(rows + column, stride, rows + width, pivots);
  }
  return true;
}

/** Writes the diagonal of 4 × 4, times what a pivot must be at least of it: float32 `[4]`. */
function leastPivots(block: usize, stride: usize, to: usize): void {
  for (let row: usize = 0; row < 4; row++) {
    store<f32>(to + (row << 2), LEAST_PIVOT * load<f32>(block + row * stride + (row << 2)));
  }
}

/** Decomposes 4 × 4, of which rows from `count` on are none and become 0; writes 1 / pivots, float32 `[4]`. */
function decomposeFour(block: usize, stride: usize, count: usize, least: usize, pivots: usize): bool {
  for (let row: usize = 0; row < 4; row++) {
    const at = block + row * stride;
    const place = row << 2;
    let x = v128.load(at);
    for (let above = block; above < at; above += stride) {
      x = f32x4.sub(x, f32x4.mul(v128.load(above), v128.load32_splat(above + place)));
    }
    v128.store(at, x);
    let inverse: f32 = 0;
    if (row < count) {
      const pivot = load<f32>(at + place);
      if (!(pivot > load<f32>(least + place))) return false;
      inverse = <f32>1 / sqrt<f32>(pivot);
    }
    store<f32>(pivots + place, inverse);
    v128.store(at, f32x4.mul(x, f32x4.splat(inverse)));
  }
  return true;
}

/** Forward substitution of the four rows' other columns, right of the block and before `end`. */
function solveFour(block: usize, stride: usize, end: usize, pivots: usize): void {
  let at0 = block;
  let at1 = at0 + stride;
  let at2 = at1 + stride;
  let at3 = at2 + stride;
  const i0 = v128.load32_splat(pivots);
  const i1 = v128.load32_splat(pivots, 4);
  const i2 = v128.load32_splat(pivots, 8);
  const i3 = v128.load32_splat(pivots, 12);
  const u01 = v128.load32_splat(at0, 4);
  const u02 = v128.load32_splat(at0, 8);
  const u03 = v128.load32_splat(at0, 12);
  const u12 = v128.load32_splat(at1, 8);
  const u13 = v128.load32_splat(at1, 12);
  const u23 = v128.load32_splat(at2, 12);
  at0 += 16;
  while (at0 < end) {
    at1 += 16;
    at2 += 16;
    at3 += 16;
    const r0 = f32x4.mul(v128.load(at0), i0);
    v128.store(at0, r0);
    const r1 = f32x4.mul(f32x4.sub(v128.load(at1), f32x4.mul(u01, r0)), i1);
    v128.store(at1, r1);
    let r2 = f32x4.sub(v128.load(at2), f32x4.mul(u02, r0));
    r2 = f32x4.mul(f32x4.sub(r2, f32x4.mul(u12, r1)), i2);
    v128.store(at2, r2);
    let r3 = f32x4.sub(v128.load(at3), f32x4.mul(u03, r0));
    r3 = f32x4.sub(r3, f32x4.mul(u13, r1));
    v128.store(at3, f32x4.mul(f32x4.sub(r3, f32x4.mul(u23, r2)), i3));
    at0 += 16;
  }
}

/**
 * Solves U w = z, where z stands in the column behind the square one.
 *
 * @param weights - float32 `[width / 4]`: w, and zeros.
 */
export function backSubstitute(matrix: usize, size: usize, width: usize, weights: usize): void {
  memory.fill(weights, 0, width);
  for (let row = <i32>size - 1; row >= 0; row--) {
    const place = (<usize>row) << 2;
    const from = matrix + <usize>row * (width + 16);
    let sum = f32x4.splat(0);
    for (let byte = place & ~15; byte < width; byte += 16) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(from + byte), v128.load(weights + byte)));
    }
    sum = f32x4.add(sum, v128.shuffle<i32>(sum, sum, 2, 3, 0, 1));
    const known = f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1);
    store<f32>(weights + place, (load<f32>(from + (size << 2)) - known) / load<f32>(from + place));
  }
}
