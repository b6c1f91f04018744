/** Rows that are added at once: the sums are read and written an eighth as often. */
const TOGETHER: i32 = 8;

/**
 * Adds rows of a matrix, each times a factor, to sums.
 *
 * @param matrix - float32 `[any, columns]`
 * @param rows - int32 `[count]`
 * @param factors - float32 `[count]`
 * @param sums - float32 `[columns]`
 */
export function addRows(
  matrix: usize,
  columns: i32,
  rows: usize,
  factors: usize,
  count: i32,
  sums: usize,
): void {
  const width = (<usize>columns) << 2;
  const whole = (<usize>(columns & ~3)) << 2;
  let place = 0;
  for (; place + TOGETHER <= count; place += TOGETHER) {
    const row0 = rowAt(matrix, width, rows, 0);
    const row1 = rowAt(matrix, width, rows, 1);
    const row2 = rowAt(matrix, width, rows, 2);
    const row3 = rowAt(matrix, width, rows, 3);
    const row4 = rowAt(matrix, width, rows, 4);
    const row5 = rowAt(matrix, width, rows, 5);
    const row6 = rowAt(matrix, width, rows, 6);
    const row7 = rowAt(matrix, width, rows, 7);
    const factor0 = f32x4.splat(load<f32>(factors));
    const factor1 = f32x4.splat(load<f32>(factors, 4));
    const factor2 = f32x4.splat(load<f32>(factors, 8));
    const factor3 = f32x4.splat(load<f32>(factors, 12));
    const factor4 = f32x4.splat(load<f32>(factors, 16));
    const factor5 = f32x4.splat(load<f32>(factors, 20));
    const factor6 = f32x4.splat(load<f32>(factors, 24));
    const factor7 = f32x4.splat(load<f32>(factors, 28));
    for (let at: usize = 0; at < whole; at += 16) {
      let sum = f32x4.mul(v128.load(row0 + at), factor0);
      let other = f32x4.mul(v128.load(row1 + at), factor1);
      sum = f32x4.add(sum, f32x4.mul(v128.load(row2 + at), factor2));
      other = f32x4.add(other, f32x4.mul(v128.load(row3 + at), factor3));
      sum = f32x4.add(sum, f32x4.mul(v128.load(row4 + at), factor4));
      other = f32x4.add(other, f32x4.mul(v128.load(row5 + at), factor5));
      sum = f32x4.add(sum, f32x4.mul(v128.load(row6 + at), factor6));
      other = f32x4.add(other, f32x4.mul(v128.load(row7 + at), factor7));
      v128.store(sums + at, f32x4.add(v128.load(sums + at), f32x4.add(sum, other)));
    }
    rows += 32;
    factors += 32;
    addEnds(matrix, width, whole, rows - 32, factors - 32, TOGETHER, sums);
  }
  for (let rest = place; rest < count; rest++) {
    const row = rowAt(matrix, width, rows, rest - place);
    const factor = f32x4.splat(load<f32>(factors + ((<usize>(rest - place)) << 2)));
    for (let at: usize = 0; at < whole; at += 16) {
      const added = f32x4.mul(v128.load(row + at), factor);
      v128.store(sums + at, f32x4.add(v128.load(sums + at), added));
    }
  }
  addEnds(matrix, width, whole, rows, factors, count - place, sums);
}

/** The columns behind the last four of them. */
function addEnds(
  matrix: usize,
  width: usize,
  whole: usize,
  rows: usize,
  factors: usize,
  count: i32,
  sums: usize,
): void {
  for (let at = whole; at < width; at += 4) {
    let sum = load<f32>(sums + at);
    for (let place = 0; place < count; place++) {
      const value = load<f32>(rowAt(matrix, width, rows, place) + at);
      sum += value * load<f32>(factors + ((<usize>place) << 2));
    }
    store<f32>(sums + at, sum);
  }
}

function rowAt(matrix: usize, width: usize, rows: usize, place: i32): usize {
  return matrix + width * <usize>load<i32>(rows + ((<usize>place) << 2));
}
