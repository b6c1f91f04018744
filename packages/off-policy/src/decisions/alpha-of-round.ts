import { checkNumber, POSITIVE_INTEGER, SHARE_WITHIN } from '../columns.js';

/**
 * The part of α that is spent on a round of decisions, α / (round (round + 1)): over rounds without end they add up to α,
 * so that with probability 1 − α not one of all canaries is decided wrongly.
 *
 * @param round - from 1.
 * @throws RangeError where `alpha` is no share or `round` no positive integer.
 */
export function alphaOfRound(alpha: number, round: number): number {
  checkNumber('alpha', alpha, SHARE_WITHIN);
  checkNumber('round', round, POSITIVE_INTEGER);
  return alpha / (round * (round + 1));
}
