import { GROUP } from '../memory/search-kernels.js';

const LARGEST_BYTE = 127;
const LARGEST_SHORT = 32_767;
const UNIT_ROUNDOFF = 2 ** -24; // of float32

/**
 * Turns a query into whole steps, whose inner products with rows of int8 fit into int32, and finds how far these may
 * be from the scores.
 *
 * A score is a sum of n products in float32, which is off by up to γ ‖q‖ ‖x‖ with γ = nu / (1 − nu) and u = 2⁻²⁴
 * (Higham, "Accuracy and Stability of Numerical Algorithms", 2002, §3.1).
 *
 * @param steps - int16 `[pairs, 4, 2]`: a group of queries, two dimensions at a time.
 * @param lane - the query's place in the group.
 * @param factors - float32 `[4]`: what a step stands for; what a row's radius counts, ‖q‖; twice the largest ‖q‖ ‖x'‖
 * of a row x' of bytes with scale 1; and the share of that which bounds all other errors. The share is NaN, and nothing
 * is known of the scores, where the query is zero or not finite.
 */
export function quantizeQuery(
  query: Float32Array,
  steps: Int16Array,
  lane: number,
  factors: Float32Array,
): void {
  const size = query.length;
  // At least 1: no memory holds rows of 2²⁴ numbers in blocks.
  const most = Math.min(LARGEST_SHORT, Math.floor((2 ** 31 - 1) / (LARGEST_BYTE * size)));
  let largest = 0;
  for (let place = 0; place < size; place++) largest = Math.max(largest, Math.abs(query[place]!));
  const unit = Math.fround(largest / most);
  let squares = 0;
  let restSquares = 0;
  for (let place = 0; place < size; place++) {
    const value = query[place]!;
    const whole = Math.max(-most, Math.min(most, Math.round(value / unit))) || 0; // 0 / 0 is NaN
    steps[(place >> 1) * 2 * GROUP + 2 * lane + (place & 1)] = whole;
    squares += value ** 2;
    restSquares += (value - whole * unit) ** 2;
  }
  const length = Math.sqrt(squares);
  const roundings = (size + 16) * UNIT_ROUNDOFF; // the bound itself has a few
  const rounding = roundings / (1 - roundings);
  const upwards = 1 + 2 ** -20;
  factors[0] = unit;
  factors[1] = length * (1 + rounding) * upwards;
  factors[2] = 2 * LARGEST_BYTE * Math.sqrt(size) * length;
  factors[3] = (Math.sqrt(restSquares) / length + rounding) * upwards;
}
