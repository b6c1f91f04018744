import type { RecommendationObservation } from '@rl-recsys/environment';
import type { Policy } from './policy.js';

/**
 * Writes the policy's scores of `items` to `scores`, which may hold anything before.
 *
 * The policy gets copies of `items`, so that it may keep or change what it is given.
 *
 * @throws RangeError where the policy leaves an item without a score or gives it NaN.
 */
export function scoreItems(
  policy: Policy,
  observation: Omit<RecommendationObservation, 'candidates'>,
  items: Int32Array,
  scores: Float32Array,
): void {
  scores.fill(NaN);
  const candidates = items.slice();
  policy.score({ ...observation, candidates }, candidates, scores);
  let place = 0;
  while (place < scores.length && !Number.isNaN(scores[place])) place++;
  if (place < scores.length) {
    throw new RangeError(
      `${policy.name}: expected a score for item ${items[place]} of user ${observation.user}, got NaN`,
    );
  }
}
