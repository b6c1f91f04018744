import type { ConfidenceSequence } from './confidence-sequence.js';
import type { Interval } from '../statistics/interval.js';

/**
 * The interval of how much more one arm earns than another, from a sequence of each: the truth is outside at most as
 * often as in both together, so give each half of α. Where values can be matched one sequence of their differences needs
 * half the traffic.
 */
export function differenceOfArms(arm: ConfidenceSequence, other: ConfidenceSequence): Interval {
  const [one, two] = [arm.interval(), other.interval()];
  return { low: one.low - two.high, high: one.high - two.low };
}
