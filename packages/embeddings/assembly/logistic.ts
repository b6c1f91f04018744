/**
 * 1 / (1 + eˣ), to about 1e-7: the same on every machine, which an engine's own exponential need not be.
 *
 * eˣ = 2ⁿ (1 + q) with n = x / ln 2 rounded, r = x − n ln 2 and q = e^r − 1 by a polynomial. The split of
 * ln 2 and the coefficients are those of expf in the Cephes library.
 */
export function logisticOfNegative(x: f32): f32 {
  x = min<f32>(max<f32>(x, -87), 87); // beyond, the result would be no other
  const n = nearest<f32>(x * 1.44269504);
  const r = x - n * 0.693359375 + n * 2.1219444e-4;
  let q: f32 = 1.98756915e-4;
  q = q * r + 1.3981999507e-3;
  q = q * r + 8.3334519073e-3;
  q = q * r + 4.1665795894e-2;
  q = q * r + 1.6666665459e-1;
  q = q * r + 5.0000001201e-1;
  const power = reinterpret<f32>((<i32>n + 127) << 23);
  return 1 / (1 + power * (q * r * r + r + 1));
}
