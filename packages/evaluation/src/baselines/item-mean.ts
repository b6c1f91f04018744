import { fingerprintOf, type RatingLog } from '@rl-recsys/rating-log';
import { type Policy, scoredBy } from '../policy.js';

/** How many ratings at the global mean each item is given besides its own; our choice. */
const PRIOR_RATINGS = 5;

/**
 * The policy that shows first what was rated highest in `train`.
 *
 * An item's mean is shrunk by five ratings at the global mean, so that one enthusiast does not put
 * an item on top. An item that nobody rated has the global mean.
 *
 * @throws RangeError where `train` holds no rating.
 */
export function itemMeanPolicy(train: RatingLog): Policy {
  const { items, ratings, itemCount } = train;
  if (items.length === 0) throw new RangeError('train: expected at least one rating, got none');
  const globalMean = ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
  const sums = new Float64Array(itemCount).fill(PRIOR_RATINGS * globalMean);
  const counts = new Float64Array(itemCount).fill(PRIOR_RATINGS);
  for (let row = 0; row < items.length; row++) {
    sums[items[row]!]! += ratings[row]!;
    counts[items[row]!]! += 1;
  }
  return scoredBy('item mean', (_user, item) => sums[item]! / counts[item]!, {
    fittedOn: [fingerprintOf(train)],
  });
}
