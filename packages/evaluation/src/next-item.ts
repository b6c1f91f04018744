import { rowsOf, type RatingLog } from '@rl-recsys/rating-log';
import { rankCatalogue } from './catalogue-ranking.js';
import { evaluateFullRanking, type FullRankingResult } from './evaluate-full-ranking.js';
import type { Policy } from './policy.js';
import type { RankedList, RankingProtocol } from './ranked-list.js';

/**
 * Lets a policy rank, for the one rating that each user held out, the whole catalogue without the items that they rated
 * before: what will they rate next? Relevant is that item alone, whatever its rating (leave one out).
 *
 * It is exact, as {@link rankCatalogue} is, and shows the policy the same.
 *
 * @param test - such as `splitLeaveLastOut` of `@rl-recsys/rating-log` holds out.
 * @param depth - how many items to show to each user at most (default 20, the largest usual cutoff).
 * @returns one list for each user with a held-out rating; `liked` tells where that item is.
 * @throws RangeError where a user held out more than one rating, and where {@link rankCatalogue} does.
 */
export function rankNextItem(
  policy: Policy,
  { test, ...protocol }: RankingProtocol & { readonly depth?: number },
): RankedList[] {
  return rankCatalogue(policy, { ...protocol, test: asRelevant(test) });
}

/**
 * Measures a policy on the ranking of the next item that {@link rankNextItem} produces.
 *
 * With one relevant item a user, `hitRate` at K is `HR@K` and equals `recall`, `ndcg` is 1 / log2(rank + 1) where the
 * item is among the first K, else 0, and `reciprocalRank` is `MRR@K`.
 *
 * @param cutoffs - the Ks (default 10 alone, as is usual for this protocol).
 * @throws RangeError where `cutoffs` is empty or holds anything but positive integers, and where
 * {@link rankNextItem} does.
 */
export function evaluateNextItem(
  policy: Policy,
  { test, cutoffs = [10], ...protocol }: RankingProtocol & { readonly cutoffs?: readonly number[] },
): FullRankingResult {
  return evaluateFullRanking(policy, { ...protocol, test: asRelevant(test), cutoffs });
}

/** The held-out ratings as the best that can be given, so that whatever was rated counts as liked. */
function asRelevant(test: RatingLog): RatingLog {
  for (let user = 0; user < test.userCount; user++) {
    const { start, end } = rowsOf(test, user);
    if (end - start > 1) {
      throw new RangeError(
        `test: expected one held-out rating a user at most, as splitLeaveLastOut leaves, got ${end - start} of user ${user}`,
      );
    }
  }
  return { ...test, ratings: new Float32Array(test.ratings.length).fill(test.scale.max) };
}
