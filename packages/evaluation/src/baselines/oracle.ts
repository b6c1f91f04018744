import type { RatingLog } from '@rl-recsys/rating-log';
import { historyPolicy } from '../history-policy.js';
import type { Policy } from '../policy.js';

/**
 * The policy that knows the held-out ratings: the upper bound of every table, and no recommender.
 *
 * Items that the user did not rate come last. It has no `fittedOn`, so that it is not refused for what it
 * is there for.
 */
export function oraclePolicy(test: RatingLog): Policy {
  const byHeart = {
    ...{ name: 'oracle', itemCount: test.itemCount, fittedOn: [] },
    score(held: { readonly items: Int32Array; readonly ratings: Float32Array }, scores: Float32Array) {
      scores.fill(-Infinity);
      for (const [place, item] of held.items.entries()) scores[item] = held.ratings[place]!;
    },
  };
  return historyPolicy('oracle', byHeart, test);
}
