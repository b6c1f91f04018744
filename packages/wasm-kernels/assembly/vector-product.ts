import { Lanes } from './lanes';

/**
 * y = A · x: the inner product of each row with x. Four sums run side by side, since one would wait for
 * itself.
 *
 * @param a - `[rows, depth]`, rows `stride` bytes apart.
 * @param x - `[depth]`, without gaps.
 * @param y - `[rows]`
 */
export function rowProducts(a: usize, stride: usize, x: usize, y: usize, rows: i32, depth: i32): void {
  for (let row = 0; row < rows; row++) {
    let p = a;
    let q = x;
    let sum0 = f32x4.splat(0);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    let rest = depth;
    while (rest >= 16) {
      sum0 = Lanes.multiplyAdd(v128.load(p), v128.load(q), sum0);
      sum1 = Lanes.multiplyAdd(v128.load(p, 16), v128.load(q, 16), sum1);
      sum2 = Lanes.multiplyAdd(v128.load(p, 32), v128.load(q, 32), sum2);
      sum3 = Lanes.multiplyAdd(v128.load(p, 48), v128.load(q, 48), sum3);
      p += 64;
      q += 64;
      rest -= 16;
    }
    while (rest >= 4) {
      sum0 = Lanes.multiplyAdd(v128.load(p), v128.load(q), sum0);
      p += 16;
      q += 16;
      rest -= 4;
    }
    let sum = Lanes.sum(f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3)));
    while (rest > 0) {
      sum += load<f32>(p) * load<f32>(q);
      p += 4;
      q += 4;
      rest--;
    }
    store<f32>(y + ((<usize>row) << 2), sum);
    a += stride;
  }
}

/**
 * y = x · B: a weighted sum of B's rows, 32 columns at a time; for so few rows of A that a panel would
 * not pay.
 *
 * @param x - `[depth]`, `step` bytes apart.
 * @param b - `[depth, columns]`, rows `stride` bytes apart.
 * @param y - `[columns]`
 */
export function weightedRowSum(
  x: usize,
  step: usize,
  b: usize,
  stride: usize,
  y: usize,
  columns: i32,
  depth: i32,
): void {
  let column = 0;
  for (; column + 32 <= columns; column += 32) {
    let c0 = f32x4.splat(0);
    let c1 = c0;
    let c2 = c0;
    let c3 = c0;
    let c4 = c0;
    let c5 = c0;
    let c6 = c0;
    let c7 = c0;
    let p = x;
    let q = b;
    for (let k = 0; k < depth; k++) {
      const weight = v128.load32_splat(p);
      c0 = Lanes.multiplyAdd(weight, v128.load(q), c0);
      c1 = Lanes.multiplyAdd(weight, v128.load(q, 16), c1);
      c2 = Lanes.multiplyAdd(weight, v128.load(q, 32), c2);
      c3 = Lanes.multiplyAdd(weight, v128.load(q, 48), c3);
      c4 = Lanes.multiplyAdd(weight, v128.load(q, 64), c4);
      c5 = Lanes.multiplyAdd(weight, v128.load(q, 80), c5);
      c6 = Lanes.multiplyAdd(weight, v128.load(q, 96), c6);
      c7 = Lanes.multiplyAdd(weight, v128.load(q, 112), c7);
      p += step;
      q += stride;
    }
    v128.store(y, c0);
    v128.store(y, c1, 16);
    v128.store(y, c2, 32);
    v128.store(y, c3, 48);
    v128.store(y, c4, 64);
    v128.store(y, c5, 80);
    v128.store(y, c6, 96);
    v128.store(y, c7, 112);
    y += 128;
    b += 128;
  }
  for (; column + 4 <= columns; column += 4) {
    let sum = f32x4.splat(0);
    let p = x;
    let q = b;
    for (let k = 0; k < depth; k++) {
      sum = Lanes.multiplyAdd(v128.load32_splat(p), v128.load(q), sum);
      p += step;
      q += stride;
    }
    v128.store(y, sum);
    y += 16;
    b += 16;
  }
  for (; column < columns; column++) {
    let sum: f32 = 0;
    let p = x;
    let q = b;
    for (let k = 0; k < depth; k++) {
      sum += load<f32>(p) * load<f32>(q);
      p += step;
      q += stride;
    }
    store<f32>(y, sum);
    y += 4;
    b += 4;
  }
}
