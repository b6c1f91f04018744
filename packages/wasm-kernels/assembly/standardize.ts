/**
 * y = (x − mean) / deviation, clipped to ±limit.
 *
 * @param x - float32 `[rows, columns]`, like y.
 * @param mean - `[columns]`, like deviation.
 */
export function standardize(
  x: usize,
  mean: usize,
  deviation: usize,
  y: usize,
  rows: i32,
  columns: i32,
  limit: f32,
): void {
  const most = f32x4.splat(limit);
  const least = f32x4.splat(-limit);
  for (let row = 0; row < rows; row++) {
    let m = mean;
    let d = deviation;
    let column = 0;
    for (; column + 4 <= columns; column += 4) {
      const value = f32x4.div(f32x4.sub(v128.load(x), v128.load(m)), v128.load(d));
      v128.store(y, f32x4.pmax(f32x4.pmin(value, most), least)); // these keep NaN
      x += 16;
      y += 16;
      m += 16;
      d += 16;
    }
    for (; column < columns; column++) {
      const value = (load<f32>(x) - load<f32>(m)) / load<f32>(d);
      store<f32>(y, max<f32>(min<f32>(value, limit), -limit));
      x += 4;
      y += 4;
      m += 4;
      d += 4;
    }
  }
}

/**
 * The gradient of {@link standardize} for x, from its result: dx = dy / deviation, and 0 where y was clipped.
 *
 * @param dy - float32 `[rows, columns]`, like y and dx.
 */
export function standardizeGradient(
  dy: usize,
  y: usize,
  deviation: usize,
  dx: usize,
  rows: i32,
  columns: i32,
  limit: f32,
): void {
  const most = f32x4.splat(limit);
  for (let row = 0; row < rows; row++) {
    let d = deviation;
    let column = 0;
    for (; column + 4 <= columns; column += 4) {
      const isInside = f32x4.lt(f32x4.abs(v128.load(y)), most);
      v128.store(dx, v128.and(f32x4.div(v128.load(dy), v128.load(d)), isInside));
      dy += 16;
      y += 16;
      dx += 16;
      d += 16;
    }
    for (; column < columns; column++) {
      const isInside = abs<f32>(load<f32>(y)) < limit;
      store<f32>(dx, isInside ? load<f32>(dy) / load<f32>(d) : 0);
      dy += 4;
      y += 4;
      dx += 4;
      d += 4;
    }
  }
}
