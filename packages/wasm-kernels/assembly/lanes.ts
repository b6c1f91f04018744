/** Arithmetic on vectors of four float32. Static methods, because only these may ask to be inlined. */
export class Lanes {
  /** c + a · b: in one rounding where the build has relaxed SIMD, else in two. */
  @inline
  static multiplyAdd(a: v128, b: v128, c: v128): v128 {
    if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
    return f32x4.add(c, f32x4.mul(a, b));
  }

  /** The sum of the four lanes. */
  @inline
  static sum(x: v128): f32 {
    const pairs = f32x4.add(x, v128.shuffle<i32>(x, x, 2, 3, 0, 1));
    return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
  }
}
