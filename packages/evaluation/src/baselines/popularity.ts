import { fingerprintOf, type RatingLog } from '@rl-recsys/rating-log';
import { type Policy, scoredBy } from '../policy.js';

/** The policy that shows first what was rated most often in `train`, whatever the ratings were. */
export function popularityPolicy(train: RatingLog): Policy {
  const counts = new Float64Array(train.itemCount);
  for (const item of train.items) counts[item]! += 1;
  return scoredBy('popularity', (_user, item) => counts[item]!, {
    fittedOn: [fingerprintOf(train)],
  });
}
