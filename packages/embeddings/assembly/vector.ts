/** Bytes of 8 numbers. Vectors are made of so many, the last ones of them zeros. */
export const EIGHT: usize = 32;

/** p·q of vectors of `stride` bytes. */
export function dot(p: usize, q: usize, stride: usize): f32 {
  let even = f32x4.splat(0);
  let odd = even;
  const end = p + stride;
  while (p < end) {
    even = f32x4.add(even, f32x4.mul(v128.load(p), v128.load(q)));
    odd = f32x4.add(odd, f32x4.mul(v128.load(p, 16), v128.load(q, 16)));
    p += EIGHT;
    q += EIGHT;
  }
  return sum(f32x4.add(even, odd));
}

/** p·(q − s) of vectors of `stride` bytes. */
export function dotDifference(p: usize, q: usize, s: usize, stride: usize): f32 {
  let even = f32x4.splat(0);
  let odd = even;
  const end = p + stride;
  while (p < end) {
    even = f32x4.add(even, f32x4.mul(v128.load(p), f32x4.sub(v128.load(q), v128.load(s))));
    odd = f32x4.add(odd, f32x4.mul(v128.load(p, 16), f32x4.sub(v128.load(q, 16), v128.load(s, 16))));
    p += EIGHT;
    q += EIGHT;
    s += EIGHT;
  }
  return sum(f32x4.add(even, odd));
}

function sum(x: v128): f32 {
  const left = f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1);
  return left + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}
