import type { RankedAnswer, Recommender } from '@rl-recsys/recommender';
import type { RecommendationRecord } from '../feedback/feedback-record.js';

/**
 * What a recommender gives the items of a recommendation's pool, in that situation: of the model that answered what was drawn
 * from, of another what it would have thought of them.
 *
 * @throws RangeError where it does not know one of the items.
 */
export function askedAgain(
  recommender: Recommender,
  { request, since, pool }: RecommendationRecord,
): RankedAnswer {
  const { user, history } = request;
  const asker = user === undefined ? { history: history! } : since ? { user, since } : user;
  return recommender.rankEach([{ asker, k: Math.max(1, pool.length), within: pool }])[0]!;
}
