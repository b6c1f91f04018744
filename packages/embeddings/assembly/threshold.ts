/** How often a range is halved at most: float32 has no more digits. */
const HALVINGS = 24;

/**
 * A number that at least `k` of `count` numbers are above, as large as a few halvings of their range make it; −∞ where there is none.
 * NaN is above nothing.
 *
 * @param values - float32 `[count]`, a multiple of 4.
 */
export function exceededBy(values: usize, count: i32, k: i32): f32 {
  const nothing = f32x4.splat(-Infinity);
  let least = f32x4.splat(Infinity);
  let most = nothing;
  const end = values + ((<usize>count) << 2);
  for (let from = values; from < end; from += 16) {
    const four = v128.load(from);
    most = f32x4.pmax(most, four); // passes NaN over
    least = f32x4.pmin(least, v128.bitselect(four, least, f32x4.gt(four, nothing)));
  }
  let low = min(
    min(f32x4.extract_lane(least, 0), f32x4.extract_lane(least, 1)),
    min(f32x4.extract_lane(least, 2), f32x4.extract_lane(least, 3)),
  );
  let high = max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
  let found: f32 = -Infinity;
  const enough = k + (k >> 3); // one that so many are above serves as well
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = low + (high - low) * 0.5;
    const above = countAbove(values, count, middle);
    if (above < k) high = middle;
    else {
      found = middle;
      low = middle;
      if (above <= enough) break;
    }
  }
  return found;
}

/** How many of `count` numbers are above another. */
export function countAbove(values: usize, count: i32, least: f32): i32 {
  const bar = f32x4.splat(least);
  let sums = i32x4.splat(0);
  let others = sums;
  const end = values + ((<usize>count) << 2);
  for (let from = values; from < end; from += 32) {
    sums = i32x4.sub(sums, f32x4.gt(v128.load(from), bar)); // what is true is −1
    others = i32x4.sub(others, f32x4.gt(v128.load(from, 16), bar));
  }
  sums = i32x4.add(sums, others);
  const even = i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 2);
  return even + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 3);
}
