import { checkPositiveInteger } from './check-positive-integer.js';
import { ndcgAt, precisionAt } from './metrics.js';
import type { Policy } from './policy.js';
import { rerank, type RerankedList, type RerankingProtocol } from './reranking.js';
import { type CutoffScores, type RerankingResult, resultOf } from './reranking-result.js';

/**
 * Measures a policy on the re-ranking protocol: `Precision@K` and `NDCG@K` of the orders that
 * {@link rerank} produces.
 *
 * Relevant is what the user liked. For a cutoff K only users with K held-out items or more count,
 * and for NDCG only those who liked one of them; the result says how many were left out.
 *
 * @param cutoffs - the Ks (default 5, 10 and 20).
 * @throws RangeError where `cutoffs` is empty or holds anything but positive integers, and where
 * {@link rerank} does.
 */
export function evaluateReranking(
  policy: Policy,
  {
    cutoffs = [5, 10, 20],
    ...protocol
  }: RerankingProtocol & {
    readonly cutoffs?: readonly number[];
  },
): RerankingResult {
  if (cutoffs.length === 0) throw new RangeError('cutoffs: expected at least one, got none');
  for (const [index, cutoff] of cutoffs.entries()) checkPositiveInteger(`cutoffs[${index}]`, cutoff);
  const lists = rerank(policy, { ...protocol, depth: Math.max(...cutoffs) });
  const perUser = cutoffs.map((cutoff) => scoresAt(cutoff, lists, protocol.test.userCount));
  return resultOf(policy.name, lists.length, perUser);
}

function scoresAt(cutoff: number, lists: readonly RerankedList[], userCount: number): CutoffScores {
  const precision = new Float64Array(userCount).fill(NaN);
  const ndcg = new Float64Array(userCount).fill(NaN);
  for (const { user, liked, candidateCount, likedCount } of lists) {
    if (candidateCount < cutoff) continue;
    precision[user] = precisionAt(cutoff, liked);
    ndcg[user] = ndcgAt(cutoff, liked, likedCount);
  }
  return { cutoff, precision, ndcg };
}
