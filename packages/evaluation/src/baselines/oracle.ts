import { rowsOf, type RatingLog } from '@rl-recsys/rating-log';
import { type Policy, scoredBy } from '../policy.js';

/**
 * The policy that knows the held-out ratings: the upper bound of every table, and no recommender.
 *
 * Items that the user did not rate come last. It has no `fittedOn`, so that it is not refused for what it
 * is there for.
 */
export function oraclePolicy(test: RatingLog): Policy {
  const { userCount, itemCount, items, ratings } = test;
  const known = new Map<number, number>();
  for (let user = 0; user < userCount; user++) {
    const { start, end } = rowsOf(test, user);
    for (let row = start; row < end; row++) {
      known.set(user * itemCount + items[row]!, ratings[row]!);
    }
  }
  return scoredBy('oracle', (user, item) => known.get(user * itemCount + item) ?? -Infinity);
}
