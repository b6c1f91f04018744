import { BYTES, PAIR_STRIDE, RADII } from './byte-block';

const LARGEST: f32 = 127;

/** Float32 may round a radius down by so much, in proportion and where it is next to nothing. */
const ROUNDING: f64 = 1.0 + 2.0 ** -22;
const LEAST: f64 = 2.0 ** -148;

/**
 * Writes the bytes of a row, float32 `[size]`, to its lane of a block: its numbers as multiples of a scale that makes the largest one ±127, rounded. The radius, the
 * length of what rounding takes away, is NaN where a number is not finite.
 */
export function quantizeRow(row: usize, size: usize, bytes: usize, lane: usize): void {
  const end = row + (size << 2);
  let largest: f32 = 0;
  for (let from = row; from < end; from += 4) largest = max(largest, abs(load<f32>(from)));
  const scale = largest / LARGEST;
  const perUnit: f64 = scale > 0 ? 1 / <f64>scale : 0;
  let squares: f64 = 0;
  let to = bytes + BYTES + 2 * lane;
  let odd: usize = 0;
  for (let from = row; from < end; from += 4) {
    const value = <f64>load<f32>(from);
    // A scale next to nothing is itself rounded, and may be too small.
    const steps = max(-127, min(127, <i32>nearest(value * perUnit)));
    store<i8>(to + odd, steps);
    const rest = value - steps * <f64>scale;
    squares += rest * rest;
    to += odd * PAIR_STRIDE;
    odd ^= 1;
  }
  store<f32>(bytes + (lane << 2), scale);
  store<f32>(bytes + (lane << 2), <f32>(Math.sqrt(squares) * ROUNDING + LEAST), RADII);
}
