import type { ItemHistory } from '@rl-recsys/environment';
import { isLiked, type RatingLog } from '@rl-recsys/rating-log';
import { checkPositiveInteger } from './check-positive-integer.js';
import { checkSplit } from './check-split.js';
import { checkUnseen } from './leak.js';
import { likedHistory, rememberIfLiked } from './liked-history.js';
import type { Policy } from './policy.js';
import type { RankedList, RankingProtocol } from './ranked-list.js';
import { scoreItems } from './score-items.js';
import { topPlaces } from './top-places.js';

/**
 * Lets a policy order each user's held-out items, as in Algorithm 2 of DRR (Liu et al. 2018).
 *
 * The history starts with the last items that the user liked in `train`. At each step the policy
 * scores the items that remain, and the best is shown (of equals the one of the lowest index). Its
 * logged rating is the feedback: a liked item enters the history. Nothing is learned.
 *
 * The observation is the policy's to keep: its arrays are made anew at each step. They hold no rating
 * but those in the history, and candidates are sorted by index, so that their order tells nothing.
 *
 * @param depth - how many items to show to each user at most (default 20, the largest usual cutoff).
 * @returns one list for each user with a held-out item, in the order of their indices.
 * @throws RangeError where a size is not a positive integer, `train` and `test` are not two parts of
 * one log, the policy was fitted on some of `test` (unless `allowSeen`), or it leaves an item without
 * a score or gives it NaN.
 */
export function rerank(
  policy: Policy,
  {
    train,
    test,
    historySize = 10,
    depth = 20,
    allowSeen = false,
  }: RankingProtocol & { readonly depth?: number },
): RankedList[] {
  checkPositiveInteger('historySize', historySize);
  checkPositiveInteger('depth', depth);
  checkSplit(train, test);
  checkUnseen(policy, test, { allowSeen });
  const lists: RankedList[] = [];
  for (let user = 0; user < test.userCount; user++) {
    if (test.offsets[user + 1]! === test.offsets[user]!) continue;
    lists.push(rerankUser(policy, user, test, likedHistory(train, user, historySize), depth));
  }
  return lists;
}

function rerankUser(
  policy: Policy,
  user: number,
  test: RatingLog,
  history: ItemHistory,
  depth: number,
): RankedList {
  const likes = (row: number) => isLiked(test.ratings[row]!, test.scale);
  const start = test.offsets[user]!;
  const candidateCount = test.offsets[user + 1]! - start;
  // Sorted by item, so that the first of the best is the one of the lowest index.
  const rows = Int32Array.from({ length: candidateCount }, (_, place) => start + place);
  rows.sort((a, b) => test.items[a]! - test.items[b]!);
  const items = rows.map((row) => test.items[row]!);
  const likedCount = rows.filter(likes).length;
  const shown = new Int32Array(Math.min(depth, candidateCount));
  const scores = new Float32Array(candidateCount);
  for (let step = 0; step < shown.length; step++) {
    const left = candidateCount - step;
    const own = scores.subarray(0, left);
    scoreItems(policy, { user, ...history.observe() }, items.subarray(0, left), own);
    const best = topPlaces(own, 1)[0]!;
    shown[step] = rows[best]!;
    rememberIfLiked(history, test, rows[best]!);
    rows.copyWithin(best, best + 1, left);
    items.copyWithin(best, best + 1, left);
  }
  return {
    user,
    items: shown.map((row) => test.items[row]!),
    liked: Array.from(shown, likes),
    candidateCount,
    likedCount,
  };
}
