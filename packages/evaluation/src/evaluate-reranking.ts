import { checkUnseen } from './leak.js';
import { checkCutoffs, measureRankings, USUAL_CUTOFFS } from './measure-rankings.js';
import type { Policy } from './policy.js';
import type { RankingProtocol } from './ranked-list.js';
import type { RankingResult } from './ranking-result.js';
import { rerank } from './reranking.js';

/**
 * Measures a policy on the re-ranking protocol: the orders that {@link rerank} produces.
 *
 * Relevant is what the user liked. For a cutoff K only users with K held-out items or more count,
 * and for all but precision only those who liked one of them; the result says how many were left out.
 *
 * @param cutoffs - the Ks (default 5, 10 and 20).
 * @throws RangeError where `cutoffs` is empty or holds anything but positive integers, and where
 * {@link rerank} does.
 */
export function evaluateReranking(
  policy: Policy,
  { cutoffs = USUAL_CUTOFFS, ...protocol }: RankingProtocol & { readonly cutoffs?: readonly number[] },
): RankingResult {
  checkCutoffs(cutoffs);
  const lists = rerank(policy, { ...protocol, depth: Math.max(...cutoffs) });
  // Where it isn't allowed, rerank has refused whatever was seen.
  const seen = protocol.allowSeen ? checkUnseen(policy, protocol.test, protocol) : 0;
  return { policy: policy.name, seen, ...measureRankings(lists, cutoffs, protocol.test.userCount) };
}
