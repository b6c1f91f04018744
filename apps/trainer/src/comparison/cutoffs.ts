import { rowsOf, type RatingLog, type TimeSplit } from '@rl-recsys/rating-log';
import { USUAL_CUTOFFS } from '../run/usual-cutoffs.js';

/**
 * The K of each protocol: 10 of the whole catalogue, 5 of what users held out, and fewer where half of those who held
 * out ratings have not as many to choose from, because whoever has less than K is left out.
 */
export function cutoffsOf({ train, test }: TimeSplit): { fullRanking: number; reranking: number } {
  const users = Array.from({ length: test.userCount }, (_, user) => user).filter(
    (user) => countOf(test, user) > 0,
  );
  const unrated = users.map((user) => train.itemCount - countOf(train, user));
  const heldOut = users.map((user) => countOf(test, user));
  return {
    fullRanking: cutoffFor(unrated, USUAL_CUTOFFS.fullRanking),
    reranking: cutoffFor(heldOut, USUAL_CUTOFFS.reranking),
  };
}

/** The largest K up to `most` that half of the users have as many candidates for, 1 at least. */
function cutoffFor(candidates: number[], most: number): number {
  candidates.sort((a, b) => a - b);
  // All in the upper half have as many as the one in the middle.
  const middle = candidates[Math.floor(candidates.length / 2)] ?? most;
  return Math.max(1, Math.min(most, middle));
}

function countOf(log: RatingLog, user: number): number {
  const { start, end } = rowsOf(log, user);
  return end - start;
}
