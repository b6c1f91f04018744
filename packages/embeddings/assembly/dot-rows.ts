/**
 * x · M_r for rows of a matrix.
 *
 * @param matrix - float32 `[count, size]`, row by row without gaps.
 * @param x - float32 `[size]`
 * @param out - float32 `[count]`
 */
export function dotRows(matrix: usize, size: i32, count: i32, x: usize, out: usize): void {
  const width = (<usize>size) << 2;
  const pairs = (<usize>(size & ~7)) << 2;
  const whole = (<usize>(size & ~3)) << 2;
  for (let row = 0; row < count; row++) {
    let even = f32x4.splat(0);
    let odd = even;
    let at: usize = 0;
    for (; at < pairs; at += 32) {
      even = f32x4.add(even, f32x4.mul(v128.load(matrix + at), v128.load(x + at)));
      odd = f32x4.add(odd, f32x4.mul(v128.load(matrix + at, 16), v128.load(x + at, 16)));
    }
    for (; at < whole; at += 16) even = f32x4.add(even, f32x4.mul(v128.load(matrix + at), v128.load(x + at)));
    const sums = f32x4.add(even, odd);
    let sum = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1);
    sum += f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3);
    for (; at < width; at += 4) sum += load<f32>(matrix + at) * load<f32>(x + at);
    store<f32>(out, sum);
    matrix += width;
    out += 4;
  }
}
