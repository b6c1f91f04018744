/**
 * The sum of each column, which is the gradient of a bias.
 *
 * @param x - `[rows, columns]`
 * @param out - `[columns]`
 */
export function columnSum(x: usize, out: usize, rows: i32, columns: i32): void {
  const stride = (<usize>columns) << 2;
  let column = 0;
  for (; column + 16 <= columns; column += 16) {
    let sum0 = f32x4.splat(0);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    let p = x;
    for (let row = 0; row < rows; row++) {
      sum0 = f32x4.add(sum0, v128.load(p));
      sum1 = f32x4.add(sum1, v128.load(p, 16));
      sum2 = f32x4.add(sum2, v128.load(p, 32));
      sum3 = f32x4.add(sum3, v128.load(p, 48));
      p += stride;
    }
    v128.store(out, sum0);
    v128.store(out, sum1, 16);
    v128.store(out, sum2, 32);
    v128.store(out, sum3, 48);
    x += 64;
    out += 64;
  }
  for (; column < columns; column++) {
    let sum: f32 = 0;
    let p = x;
    for (let row = 0; row < rows; row++) {
      sum += load<f32>(p);
      p += stride;
    }
    store<f32>(out, sum);
    x += 4;
    out += 4;
  }
}
