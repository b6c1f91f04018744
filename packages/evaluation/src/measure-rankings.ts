import { checkPositiveInteger } from './check-positive-integer.js';
import { averagePrecisionAt } from './metrics/average-precision.js';
import { hitRateAt, precisionAt, recallAt } from './metrics/hits.js';
import { ndcgAt } from './metrics/ndcg.js';
import { reciprocalRankAt } from './metrics/reciprocal-rank.js';
import type { RankedList } from './ranked-list.js';
import {
  forEachMeasure,
  type CutoffScores,
  type CutoffSummary,
  type RankingResult,
} from './ranking-result.js';
import { meanOf } from './statistics/mean.js';

/** The Ks that tables have unless told otherwise. */
export const USUAL_CUTOFFS: readonly number[] = [5, 10, 20];

/** @throws RangeError where `cutoffs` is empty or holds anything but positive integers. */
export function checkCutoffs(cutoffs: readonly number[]): void {
  if (cutoffs.length === 0) throw new RangeError('cutoffs: expected at least one, got none');
  for (const [index, cutoff] of cutoffs.entries()) checkPositiveInteger(`cutoffs[${index}]`, cutoff);
}

/** All but the leak report of a result. */
export function measureRankings(
  lists: readonly RankedList[],
  cutoffs: readonly number[],
  userCount: number,
): Pick<RankingResult, 'users' | 'cutoffs' | 'perUser'> {
  const perUser = cutoffs.map((cutoff) => scoresAt(cutoff, lists, userCount));
  const summaries = perUser.map((scores) => summaryOf(scores, lists));
  return { users: lists.length, cutoffs: summaries, perUser };
}

function scoresAt(cutoff: number, lists: readonly RankedList[], userCount: number): CutoffScores {
  const scores = forEachMeasure(() => new Float64Array(userCount).fill(NaN));
  for (const { user, items, liked, candidateCount, likedCount } of lists) {
    if (candidateCount < cutoff || items.length === 0) continue;
    scores.precision[user] = precisionAt(cutoff, liked);
    scores.recall[user] = recallAt(cutoff, liked, likedCount);
    scores.ndcg[user] = ndcgAt(cutoff, liked, likedCount);
    scores.averagePrecision[user] = averagePrecisionAt(cutoff, liked, likedCount);
    scores.reciprocalRank[user] = reciprocalRankAt(cutoff, liked, likedCount);
    scores.hitRate[user] = hitRateAt(cutoff, liked, likedCount);
  }
  return { cutoff, ...scores };
}

function summaryOf(scores: CutoffScores, lists: readonly RankedList[]): CutoffSummary {
  const { cutoff, precision, ndcg } = scores;
  const countOf = (column: Float64Array) => column.filter((score) => !Number.isNaN(score)).length;
  const usersWithTooFewItems = lists.filter(({ candidateCount }) => candidateCount < cutoff).length;
  const ndcgUsers = countOf(ndcg);
  return {
    cutoff,
    ...forEachMeasure((measure) => meanOf(scores[measure])),
    precisionUsers: countOf(precision),
    ndcgUsers,
    usersWithTooFewItems,
    usersWithoutLike: lists.length - usersWithTooFewItems - ndcgUsers,
  };
}
