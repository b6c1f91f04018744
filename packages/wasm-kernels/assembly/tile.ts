import { Lanes } from './lanes';

/** Rows of the tile that the innermost loop computes. */
export const TILE_ROWS: i32 = 5;
/** Rows of the lower one, with which most heights come out even: 32 is four times 5 and three times 4. */
export const LOW_TILE_ROWS: i32 = 4;
/** Columns of both. */
export const TILE_COLUMNS: i32 = 8;

/** Where a panel lies in the scratch memory, behind room for one tile. */
export const PANEL: usize = 160;

/**
 * The innermost loop of a matrix product: 5 rows times a packed panel of 8 columns. Ten accumulators, two
 * vectors of the panel, one broadcast number and one product fill 14 of x64's 16 vector registers; a sixth
 * row, or a loop unrolled by two, makes V8 spill them.
 *
 * Every address that the loop moves is made by an addition in here, so that V8 knows its upper half to be
 * 0: it would else copy each one before each use, which costs a sixth of the speed.
 *
 * @param a - an address; the rows begin at `a + o0` … `a + o4`, equal where there are fewer.
 * @param step - bytes from one number of a row to the next, so that A may be read along either side.
 * @param scratch - the panel `[depth, 8]` begins {@link PANEL} bytes behind it.
 * @param out - row 0 of the result; rows lie `outStride` bytes apart.
 */
export function tile(
  a: usize,
  o0: usize,
  o1: usize,
  o2: usize,
  o3: usize,
  o4: usize,
  step: usize,
  scratch: usize,
  depth: i32,
  out: usize,
  outStride: usize,
): void {
  let r0 = a + o0;
  let r1 = a + o1;
  let r2 = a + o2;
  let r3 = a + o3;
  let r4 = a + o4;
  let panel = scratch + PANEL;
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0);
  let c41 = f32x4.splat(0);
  const end = panel + ((<usize>depth) << 5);
  while (panel < end) {
    const b0 = v128.load(panel);
    const b1 = v128.load(panel, 16);
    let x = v128.load32_splat(r0);
    c00 = Lanes.multiplyAdd(x, b0, c00);
    c01 = Lanes.multiplyAdd(x, b1, c01);
    x = v128.load32_splat(r1);
    c10 = Lanes.multiplyAdd(x, b0, c10);
    c11 = Lanes.multiplyAdd(x, b1, c11);
    x = v128.load32_splat(r2);
    c20 = Lanes.multiplyAdd(x, b0, c20);
    c21 = Lanes.multiplyAdd(x, b1, c21);
    x = v128.load32_splat(r3);
    c30 = Lanes.multiplyAdd(x, b0, c30);
    c31 = Lanes.multiplyAdd(x, b1, c31);
    x = v128.load32_splat(r4);
    c40 = Lanes.multiplyAdd(x, b0, c40);
    c41 = Lanes.multiplyAdd(x, b1, c41);
    panel += 32;
    r0 += step;
    r1 += step;
    r2 += step;
    r3 += step;
    r4 += step;
  }
  v128.store(out, c00);
  v128.store(out, c01, 16);
  out += outStride;
  v128.store(out, c10);
  v128.store(out, c11, 16);
  out += outStride;
  v128.store(out, c20);
  v128.store(out, c21, 16);
  out += outStride;
  v128.store(out, c30);
  v128.store(out, c31, 16);
  out += outStride;
  v128.store(out, c40);
  v128.store(out, c41, 16);
}

/**
 * The same of 4 rows. It is written out again rather than looped: V8 keeps sums in registers only where each
 * is a variable of its own.
 *
 * It takes columns of B that may not be packed yet, and writes them to the panel on its way: the sums hide what a
 * copy by itself would wait for. {@link tile} can't; one more address and the stores cost it a seventh.
 *
 * @param b - the address of the first column's first number, maybe in the panel; rows lie `bStride` bytes apart.
 */
export function lowTile(
  a: usize,
  o0: usize,
  o1: usize,
  o2: usize,
  o3: usize,
  step: usize,
  b: usize,
  bStride: usize,
  scratch: usize,
  depth: i32,
  out: usize,
  outStride: usize,
): void {
  let r0 = a + o0;
  let r1 = a + o1;
  let r2 = a + o2;
  let r3 = a + o3;
  let panel = scratch + PANEL;
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  const end = panel + ((<usize>depth) << 5);
  while (panel < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    v128.store(panel, b0);
    v128.store(panel, b1, 16);
    let x = v128.load32_splat(r0);
    c00 = Lanes.multiplyAdd(x, b0, c00);
    c01 = Lanes.multiplyAdd(x, b1, c01);
    x = v128.load32_splat(r1);
    c10 = Lanes.multiplyAdd(x, b0, c10);
    c11 = Lanes.multiplyAdd(x, b1, c11);
    x = v128.load32_splat(r2);
    c20 = Lanes.multiplyAdd(x, b0, c20);
    c21 = Lanes.multiplyAdd(x, b1, c21);
    x = v128.load32_splat(r3);
    c30 = Lanes.multiplyAdd(x, b0, c30);
    c31 = Lanes.multiplyAdd(x, b1, c31);
    panel += 32;
    b += bStride;
    r0 += step;
    r1 += step;
    r2 += step;
    r3 += step;
  }
  v128.store(out, c00);
  v128.store(out, c01, 16);
  out += outStride;
  v128.store(out, c10);
  v128.store(out, c11, 16);
  out += outStride;
  v128.store(out, c20);
  v128.store(out, c21, 16);
  out += outStride;
  v128.store(out, c30);
  v128.store(out, c31, 16);
}

/**
 * Adds a bias to a tile that was just written, and takes what is below 0 away. A function of its own,
 * because V8 spills the accumulators of a loop that is followed by more than their storing.
 *
 * @param bias - `[8]`, or address 0 for none.
 */
export function finishTile(out: usize, outStride: usize, height: i32, bias: usize, relu: bool): void {
  const b0 = bias ? v128.load(bias) : f32x4.splat(0);
  const b1 = bias ? v128.load(bias, 16) : f32x4.splat(0);
  const lowest = f32x4.splat(relu ? 0 : -Infinity);
  for (let row = 0; row < height; row++) {
    v128.store(out, f32x4.pmax(f32x4.add(v128.load(out), b0), lowest));
    v128.store(out, f32x4.pmax(f32x4.add(v128.load(out, 16), b1), lowest), 16);
    out += outStride;
  }
}
