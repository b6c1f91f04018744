/**
 * Copies columns of B `[depth, columns]` into a panel `[depth, 8]`, with zeros beyond `width`.
 *
 * Without panels the rows of B lie so far apart that they evict each other from the cache.
 *
 * @param b - the address of the first column's first number; rows lie `stride` bytes apart.
 */
export function packColumns(b: usize, stride: usize, panel: usize, depth: i32, width: i32): void {
  if (width == 8) {
    for (let k = 0; k < depth; k++) {
      v128.store(panel, v128.load(b));
      v128.store(panel, v128.load(b, 16), 16);
      panel += 32;
      b += stride;
    }
    return;
  }
  for (let k = 0; k < depth; k++) {
    packPartly(b, 4, panel, width);
    panel += 32;
    b += stride;
  }
}

/**
 * {@link packColumns} of the next 16 columns into two panels, one behind the other: a row of both fills a cache
 * line, which would be evicted before the second panel needs it.
 */
export function packTwoPanels(b: usize, stride: usize, panel: usize, depth: i32): void {
  let second = panel + ((<usize>depth) << 5);
  for (let k = 0; k < depth; k++) {
    v128.store(panel, v128.load(b));
    v128.store(panel, v128.load(b, 16), 16);
    v128.store(second, v128.load(b, 32));
    v128.store(second, v128.load(b, 48), 16);
    panel += 32;
    second += 32;
    b += stride;
  }
}

/**
 * The same of a transposed B `[columns, depth]`: its rows become the panel's columns, four by four.
 *
 * @param b - the address of the first row; rows lie `stride` bytes apart.
 */
export function packRows(b: usize, stride: usize, panel: usize, depth: i32, width: i32): void {
  let k = 0;
  if (width == 8) {
    for (; k + 4 <= depth; k += 4) {
      transpose4(b, stride, panel);
      transpose4(b + 4 * stride, stride, panel + 16);
      panel += 128;
      b += 16;
    }
  }
  for (; k < depth; k++) {
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

/** Writes four rows of four numbers as columns, 32 bytes apart. */
function transpose4(b: usize, stride: usize, out: usize): void {
  const row0 = v128.load(b);
  const row1 = v128.load(b + stride);
  const row2 = v128.load(b + 2 * stride);
  const row3 = v128.load(b + 3 * stride);
  const low01 = v128.shuffle<f32>(row0, row1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(row0, row1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(row2, row3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(row2, row3, 2, 6, 3, 7);
  v128.store(out, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(out, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 32);
  v128.store(out, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 64);
  v128.store(out, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 96);
}
