import { fingerprintOf, type RatingLog } from '@rl-recsys/rating-log';
import type { SavedPopularity } from '../scores/popularity-scorer.js';

/** Scores an item that n users have rated, however they rated it, log(1 + n), for everybody alike. */
export function fitPopularity(log: RatingLog): SavedPopularity {
  const { itemCount, items } = log;
  const counts = new Int32Array(itemCount);
  for (const item of items) counts[item]! += 1;
  const scores = Float32Array.from(counts, (count) => Math.log1p(count));
  return { kind: 'popularity', name: 'popularity', itemCount, scores, fittedOn: [fingerprintOf(log)] };
}
