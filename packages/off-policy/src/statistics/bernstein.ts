import type { Interval } from './interval.js';
import { meanOf, varianceOf } from './moments.js';

/**
 * The empirical Bernstein interval of a mean (Maurer and Pontil 2009, theorem 4, half of what may go wrong on either side):
 * mean ± √(2 V ln(4/α) / n) + 7 (high − low) ln(4/α) / (3 (n − 1)).
 *
 * @param values - `[units]`, independent.
 * @param range - between what every value lies, whatever was seen.
 */
export function bernsteinInterval(values: Float64Array, confidence: number, range: Interval): Interval {
  const logarithm = Math.log(4 / (1 - confidence));
  const mean = meanOf(values);
  const margin =
    Math.sqrt((2 * varianceOf(values) * logarithm) / values.length) +
    (7 * (range.high - range.low) * logarithm) / (3 * (values.length - 1));
  return { low: mean - margin, high: mean + margin };
}
