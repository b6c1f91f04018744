import type { Asker, RankedAnswer, Recommender } from '@rl-recsys/recommender';
import type { RecommendationRecord } from '../feedback/feedback-record.js';

/**
 * What a recommender gives the items of a recommendation's pool, in that situation: of the model that answered what was drawn
 * from, of another what it would have thought of them.
 *
 * @throws RangeError where it does not know one of the items.
 */
export function askedAgain(recommender: Recommender, record: RecommendationRecord): RankedAnswer {
  const { pool } = record;
  return recommender.rankEach([{ asker: askerOf(record), k: Math.max(1, pool.length), within: pool }])[0]!;
}

/** Who asked, as the policy saw them. */
export function askerOf({
  request: { user, history },
  since,
  visit,
}: Pick<RecommendationRecord, 'request' | 'since' | 'visit'>): Asker {
  if (user === undefined) return { history: history! };
  if (visit) return { user, visit };
  return since ? { user, since } : user;
}
