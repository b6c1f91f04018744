/**
 * Dropout: out is x / (1 − rate) or 0, as a random word of each place says. Of four neighboring places each has
 * a generator of its own, xoshiro128+ (Blackman and Vigna 2018), so that they draw side by side.
 *
 * @param x - float32 `[length]`, like out; they may be the same.
 * @param kept - 1 / (1 − rate)
 * @param dropped - words below this drop their place.
 * @param seed - 32-bit words `[4, 4]`, which are overwritten: the first words of all four generators, the second, …
 *
 * The same generators stand in src/dropout.ts.
 */
export function dropout(x: usize, out: usize, length: i32, kept: f32, dropped: u32, seed: usize): void {
  const scales = f32x4.splat(kept);
  const least = i32x4.splat(dropped);
  let s0 = v128.load(seed);
  let s1 = v128.load(seed, 16);
  let s2 = v128.load(seed, 32);
  let s3 = v128.load(seed, 48);
  for (let place = 0; place < length; place += 4) {
    const keeps = i32x4.ge_u(i32x4.add(s0, s3), least);
    const shifted = i32x4.shl(s1, 9);
    s2 = v128.xor(s2, s0);
    s3 = v128.xor(s3, s1);
    s1 = v128.xor(s1, s2);
    s0 = v128.xor(s0, s3);
    s2 = v128.xor(s2, shifted);
    s3 = v128.or(i32x4.shl(s3, 11), i32x4.shr_u(s3, 21));
    if (place + 4 <= length) {
      v128.store(out, v128.and(f32x4.mul(v128.load(x), scales), keeps));
    } else {
      // Only a constant may name a lane, so they go through the seed's memory.
      v128.store(seed, keeps);
      for (let lane = 0; lane < length - place; lane++) {
        const at = (<usize>lane) << 2;
        store<i32>(out + at, load<i32>(seed + at) & reinterpret<i32>(load<f32>(x + at) * kept));
      }
    }
    x += 16;
    out += 16;
  }
}
