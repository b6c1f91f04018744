// eˣ = 2ⁿ (1 + q) with n = x / ln 2 rounded, r = x − n ln 2 and q = e^r − 1 by a polynomial. The split of ln 2
// and the coefficients are those of expf in the Cephes library.

/** Functions made of exponentials, in each of four lanes. */
export class Exponential {
  @inline
  private static roundedExponent(x: v128): v128 {
    return f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504)));
  }

  @inline
  private static remainderExponential(x: v128, n: v128): v128 {
    let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
    r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
    let p = f32x4.splat(1.98756915e-4);
    p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
    p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
    p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
    p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
    p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
    return f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r);
  }

  @inline
  private static powerOfTwo(n: v128): v128 {
    return i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  }

  /** eˣ in each lane, to about two units in the last place; infinite above 88.37, at least 2⁻¹²⁶. */
  @inline
  static natural(x: v128): v128 {
    const inRange = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-87.33654)), f32x4.splat(88.37626));
    const n = Exponential.roundedExponent(inRange);
    const result = f32x4.mul(
      Exponential.powerOfTwo(n),
      f32x4.add(Exponential.remainderExponential(inRange, n), f32x4.splat(1)),
    );
    return v128.bitselect(f32x4.splat(Infinity), result, f32x4.gt(x, f32x4.splat(88.37626)));
  }

  /** eˣ − 1 in each lane for x below 0, as exact near 0 as elsewhere. */
  @inline
  static minusOne(x: v128): v128 {
    const inRange = f32x4.pmax(x, f32x4.splat(-87.33654));
    const n = Exponential.roundedExponent(inRange);
    const power = Exponential.powerOfTwo(n);
    return f32x4.add(
      f32x4.mul(power, Exponential.remainderExponential(inRange, n)),
      f32x4.sub(power, f32x4.splat(1)),
    );
  }

  /** σ(x) = 1 / (1 + e⁻ˣ) in each lane. */
  @inline
  static sigmoid(x: v128): v128 {
    const one = f32x4.splat(1);
    return f32x4.div(one, f32x4.add(one, Exponential.natural(f32x4.neg(x))));
  }

  /**
   * tanh x in each lane, by a rational function of x (of degree 13 over 6), exact at ±1 to the last place.
   *
   * The coefficients are those that Eigen and XLA use.
   */
  @inline
  static hyperbolicTangent(x: v128): v128 {
    const limit = f32x4.splat(7.90531110763549805);
    x = f32x4.pmin(f32x4.pmax(x, f32x4.neg(limit)), limit);
    const square = f32x4.mul(x, x);
    let p = f32x4.splat(-2.76076847742355e-16);
    p = f32x4.add(f32x4.mul(p, square), f32x4.splat(2.00018790482477e-13));
    p = f32x4.add(f32x4.mul(p, square), f32x4.splat(-8.60467152213735e-11));
    p = f32x4.add(f32x4.mul(p, square), f32x4.splat(5.12229709037114e-8));
    p = f32x4.add(f32x4.mul(p, square), f32x4.splat(1.48572235717979e-5));
    p = f32x4.add(f32x4.mul(p, square), f32x4.splat(6.37261928875436e-4));
    p = f32x4.add(f32x4.mul(p, square), f32x4.splat(4.89352455891786e-3));
    let q = f32x4.splat(1.19825839466702e-6);
    q = f32x4.add(f32x4.mul(q, square), f32x4.splat(1.18534705686654e-4));
    q = f32x4.add(f32x4.mul(q, square), f32x4.splat(2.268434632439e-3));
    q = f32x4.add(f32x4.mul(q, square), f32x4.splat(4.89352518554385e-3));
    return f32x4.div(f32x4.mul(p, x), q);
  }
}
