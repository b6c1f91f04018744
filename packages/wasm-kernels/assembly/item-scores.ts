/** Numbers of two items, float32, as float64 side by side. */
abstract class Pair {
  @inline
  static first(one: v128, other: v128): v128 {
    return f64x2.promote_low_f32x4(v128.shuffle<f32>(one, other, 0, 4, 1, 5));
  }

  @inline
  static second(one: v128, other: v128): v128 {
    return f64x2.promote_low_f32x4(v128.shuffle<f32>(one, other, 1, 5, 0, 4));
  }
}

/**
 * Scores x · a of items, each added up in float64, dimension after dimension, as JavaScript would: the same bits.
 *
 * @param action - float32 `[size]`: a.
 * @param items - float32 `[_, size]`
 * @param rows - int32 `[count]`, which items.
 * @param out - float32 `[count]`
 */
export function itemScores(
  action: usize,
  items: usize,
  rows: usize,
  out: usize,
  count: i32,
  size: i32,
): void {
  const bytes = (<usize>size) << 2;
  const even = bytes & ~7;
  let left = count;
  for (; left >= 4; left -= 4) {
    const a = items + <usize>load<i32>(rows) * bytes;
    const b = items + <usize>load<i32>(rows, 4) * bytes;
    const c = items + <usize>load<i32>(rows, 8) * bytes;
    const d = items + <usize>load<i32>(rows, 12) * bytes;
    let ab = f64x2.splat(0);
    let cd = f64x2.splat(0);
    for (let at: usize = 0; at < even; at += 8) {
      const first = f64x2.splat(<f64>load<f32>(action + at));
      const second = f64x2.splat(<f64>load<f32>(action + at, 4));
      const ofA = v128.load64_zero(a + at);
      const ofB = v128.load64_zero(b + at);
      const ofC = v128.load64_zero(c + at);
      const ofD = v128.load64_zero(d + at);
      ab = f64x2.add(ab, f64x2.mul(first, Pair.first(ofA, ofB)));
      cd = f64x2.add(cd, f64x2.mul(first, Pair.first(ofC, ofD)));
      ab = f64x2.add(ab, f64x2.mul(second, Pair.second(ofA, ofB)));
      cd = f64x2.add(cd, f64x2.mul(second, Pair.second(ofC, ofD)));
    }
    if (even < bytes) {
      const last = f64x2.splat(<f64>load<f32>(action + even));
      ab = f64x2.add(ab, f64x2.mul(last, Pair.first(v128.load32_zero(a + even), v128.load32_zero(b + even))));
      cd = f64x2.add(cd, f64x2.mul(last, Pair.first(v128.load32_zero(c + even), v128.load32_zero(d + even))));
    }
    const low = f32x4.demote_f64x2_zero(ab);
    v128.store(out, v128.shuffle<f32>(low, f32x4.demote_f64x2_zero(cd), 0, 1, 4, 5));
    rows += 16;
    out += 16;
  }
  for (; left > 0; left--) {
    const item = items + <usize>load<i32>(rows) * bytes;
    let score: f64 = 0;
    for (let at: usize = 0; at < bytes; at += 4)
      score += <f64>load<f32>(action + at) * <f64>load<f32>(item + at);
    store<f32>(out, <f32>score);
    rows += 4;
    out += 4;
  }
}
