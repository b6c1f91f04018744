/**
 * Copies columns of B `[depth, columns]` into a panel `[depth, 8]`, with zeros beyond `width`. Where there are 8, a
 * tile does so faster.
 *
 * @param b - the address of the first column's first number; rows lie `stride` bytes apart.
 */
export function packColumns(b: usize, stride: usize, panel: usize, depth: i32, width: i32): void {
  for (let k = 0; k < depth; k++) {
    packPartly(b, 4, panel, width);
    panel += 32;
    b += stride;
  }
}

/**
 * The same of a transposed B `[columns, depth]`: its rows become the panel's columns, four by four.
 *
 * @param b - the address of the first row; rows lie `stride` bytes apart.
 */
export function packRows(b: usize, stride: usize, panel: usize, depth: i32, width: i32): void {
  const inFours = width == 8 ? depth & -4 : 0;
  packFourRows(b, stride, panel, inFours);
  packFourRows(b + 4 * stride, stride, panel + 16, inFours);
  panel += (<usize>inFours) << 5;
  b += (<usize>inFours) << 2;
  for (let k = inFours; k < depth; k++) {
    packPartly(b, stride, panel, width);
    panel += 32;
    b += 4;
  }
}

/** One row of a panel, number by number. */
function packPartly(b: usize, step: usize, panel: usize, width: i32): void {
  v128.store(panel, f32x4.splat(0));
  v128.store(panel, f32x4.splat(0), 16);
  for (let column = 0; column < width; column++) {
    store<f32>(panel + ((<usize>column) << 2), load<f32>(b));
    b += step;
  }
}

/** Four rows become four columns of a panel; `depth` is a multiple of 4. */
function packFourRows(b: usize, stride: usize, panel: usize, depth: i32): void {
  let r0 = b;
  let r1 = r0 + stride;
  let r2 = r1 + stride;
  let r3 = r2 + stride;
  const end = r0 + ((<usize>depth) << 2);
  while (r0 < end) {
    const row0 = v128.load(r0);
    const row1 = v128.load(r1);
    const row2 = v128.load(r2);
    const row3 = v128.load(r3);
    const low01 = v128.shuffle<f32>(row0, row1, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(row0, row1, 2, 6, 3, 7);
    const low23 = v128.shuffle<f32>(row2, row3, 0, 4, 1, 5);
    const high23 = v128.shuffle<f32>(row2, row3, 2, 6, 3, 7);
    v128.store(panel, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
    v128.store(panel, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 32);
    v128.store(panel, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 64);
    v128.store(panel, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 96);
    r0 += 16;
    r1 += 16;
    r2 += 16;
    r3 += 16;
    panel += 128;
  }
}
