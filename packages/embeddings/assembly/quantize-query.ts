import { GROUP, GROUP_STRIDE, pairsOf } from './byte-block';

const LARGEST_BYTE: f64 = 127;
const LARGEST_SHORT: f64 = 32_767;
const UNIT_ROUNDOFF: f64 = 2.0 ** -24; // of float32
const UPWARDS: f64 = 1.0 + 2.0 ** -20;

/** Bytes of what is said of a query. */
export const FACTORS_STRIDE: usize = 16;

/**
 * Turns queries, float32 `[count, size]`, into whole steps, int16 `[groups, pairs, 4, 2]`, and says what these stand for, float32
 * `[count, 4]`.
 */
export function quantizeQueries(
  queries: usize,
  count: usize,
  size: usize,
  steps: usize,
  factors: usize,
): void {
  for (let query: usize = 0; query < count; query++) {
    const lane = query % GROUP;
    const group = steps + (query - lane) * (pairsOf(size) << 2);
    quantizeQuery(queries + query * (size << 2), size, group + (lane << 2), factors + query * FACTORS_STRIDE);
  }
}

/**
 * Turns a query into whole steps, whose inner products with rows of int8 fit into int32, and finds how far these may
 * be from the scores.
 *
 * A score is a sum of n products in float32, which is off by up to γ ‖q‖ ‖x‖ with γ = nu / (1 − nu) and u = 2⁻²⁴
 * (Higham, "Accuracy and Stability of Numerical Algorithms", 2002, §3.1).
 *
 * @param steps - where the query's lane of a group begins.
 * @param factors - float32 `[4]`: what a step stands for; what a row's radius counts, ‖q‖; twice the largest ‖q‖ ‖x'‖
 * of a row x' of bytes with scale 1; and the share of that which bounds all other errors. The share is NaN, and nothing
 * is known of the scores, where the query is zero or not finite.
 */
function quantizeQuery(query: usize, size: usize, steps: usize, factors: usize): void {
  // At least 1: no memory holds rows of 2²⁴ numbers in blocks.
  const most = min(LARGEST_SHORT, floor((2.0 ** 31 - 1) / (LARGEST_BYTE * <f64>size)));
  const end = query + (size << 2);
  let largest: f32 = 0;
  for (let from = query; from < end; from += 4) largest = max(largest, abs(load<f32>(from)));
  const unit = <f64>(<f32>(<f64>largest / most));
  const perUnit = unit > 0 ? 1 / unit : 0;
  let squares: f64 = 0;
  let restSquares: f64 = 0;
  let odd: usize = 0;
  for (let from = query; from < end; from += 4) {
    const value = <f64>load<f32>(from);
    const whole = max(-most, min(most, nearest(value * perUnit)));
    store<i16>(steps + odd, <i32>whole);
    const rest = value - whole * unit;
    squares += value * value;
    restSquares += rest * rest;
    steps += (odd >> 1) * GROUP_STRIDE;
    odd ^= 2;
  }
  const length = Math.sqrt(squares);
  const roundings = <f64>(size + 16) * UNIT_ROUNDOFF; // the bound itself has a few
  const rounding = roundings / (1 - roundings);
  store<f32>(factors, <f32>unit);
  store<f32>(factors, <f32>(length * (1 + rounding) * UPWARDS), 4);
  store<f32>(factors, <f32>(2 * LARGEST_BYTE * Math.sqrt(<f64>size) * length), 8);
  store<f32>(factors, <f32>((Math.sqrt(restSquares) / length + rounding) * UPWARDS), 12);
}
