/**
 * Σ xᵀx over rows x: 4 of its rows by 8 of its columns, float32 `[4, 8]` at `out`. Eight sums, two vectors,
 * one broadcast number and one product fit into the registers; nothing but stores may follow the loop,
 * or V8 keeps the sums in memory.
 *
 * @param rows - rows lie `stride` bytes apart, and a row must be readable to the end of `column` + 32 bytes.
 * @param row - which numbers of a row make the result's rows, in bytes; `column` likewise its columns.
 */
export function tile(rows: usize, row: usize, column: usize, stride: usize, depth: usize, out: usize): void {
  let left = rows + row;
  let right = rows + column;
  const end = left + stride * depth;
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  while (left < end) {
    const b0 = v128.load(right);
    const b1 = v128.load(right, 16);
    let x = v128.load32_splat(left);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load32_splat(left, 4);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load32_splat(left, 8);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load32_splat(left, 12);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    left += stride;
    right += stride;
  }
  v128.store(out, c00);
  v128.store(out, c01, 16);
  v128.store(out, c10, 32);
  v128.store(out, c11, 48);
  v128.store(out, c20, 64);
  v128.store(out, c21, 80);
  v128.store(out, c30, 96);
  v128.store(out, c31, 112);
}

/** Adds a tile to 4 rows of a matrix. */
export function addTile(tile: usize, to: usize, stride: usize): void {
  for (let row = 0; row < 4; row++) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(tile)));
    v128.store(to, f32x4.add(v128.load(to, 16), v128.load(tile, 16)), 16);
    to += stride;
    tile += 32;
  }
}

/** Subtracts a tile from 4 rows of a matrix. */
export function subtractTile(tile: usize, from: usize, stride: usize): void {
  for (let row = 0; row < 4; row++) {
    v128.store(from, f32x4.sub(v128.load(from), v128.load(tile)));
    v128.store(from, f32x4.sub(v128.load(from, 16), v128.load(tile, 16)), 16);
    from += stride;
    tile += 32;
  }
}
