import { countSeen, type RatingLog } from '@rl-recsys/rating-log';
import type { Policy } from './policy.js';

/** What every protocol on held-out ratings takes. */
export interface LeakOptions {
  /**
   * Evaluates a policy on interactions that it was fitted on instead of refusing to (default false). The
   * result says how many there were, and {@link leakWarning} has the line to print.
   */
  readonly allowSeen?: boolean;
}

/** What every result tells of leaks. */
export interface LeakReport {
  /** The policy's name. */
  readonly policy: string;
  /** How many of the held-out interactions the policy was fitted on; above 0 its figures are too good. */
  readonly seen: number;
}

/**
 * How many interactions of `test` the policy was fitted on.
 *
 * @throws RangeError where the policy saw some and `allowSeen` does not allow it, or where it was fitted on
 * other users or items.
 */
export function checkUnseen(
  { name, fittedOn = [] }: Policy,
  test: RatingLog,
  { allowSeen = false }: LeakOptions,
): number {
  // Of several fingerprints the largest count is reported: they are mostly parts of one another.
  const seen = fittedOn.reduce((most, fingerprint) => Math.max(most, countSeen(fingerprint, test)), 0);
  if (seen > 0 && !allowSeen) {
    throw new RangeError(
      `${name}: expected a policy that has not seen the held-out interactions, but it was fitted on ${seen} of ` +
        `the ${test.items.length}; fit it on the training part alone, or pass allowSeen: true for figures that are too good`,
    );
  }
  return seen;
}

/**
 * The line to print below a table of results where a policy has seen what it was tested on; undefined where
 * none has.
 */
export function leakWarning(results: readonly LeakReport[]): string | undefined {
  const leaks = results.filter(({ seen }) => seen > 0);
  if (leaks.length === 0) return undefined;
  const each = leaks.map(({ policy, seen }) => `${policy} (${seen})`).join(', ');
  return `Warning: fitted on interactions that it was tested on, so that its figures are too good: ${each}.`;
}
