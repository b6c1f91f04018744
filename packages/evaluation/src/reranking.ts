import { HISTORY_SIZE } from '@rl-recsys/environment';
import { assertPolicy } from './check/assert-policy.js';
import { checkPositiveInteger } from './check-positive-integer.js';
import { checkSplit } from './check-split.js';
import { GrowingList } from './growing-list.js';
import { checkUnseen } from './leak.js';
import { likedHistory } from './liked-history.js';
import type { Policy } from './policy.js';
import type { RankedList, RankingProtocol } from './ranked-list.js';
import { scoreItems } from './score-items.js';
import { userBatches } from './user-batches.js';

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
 * @throws TypeError where `policy` is none, RangeError where a size is not a positive integer, `train` and `test` are not two parts of
 * one log, the policy was fitted on some of `test` (unless `allowSeen`), or it leaves an item without
 * a score or gives it NaN.
 */
export function rerank(
  policy: Policy,
  {
    train,
    test,
    historySize = HISTORY_SIZE,
    depth = 20,
    allowSeen = false,
  }: RankingProtocol & { readonly depth?: number },
): RankedList[] {
  assertPolicy(policy);
  checkPositiveInteger('historySize', historySize);
  checkPositiveInteger('depth', depth);
  checkSplit(train, test);
  checkUnseen(policy, test, { allowSeen });
  const lists: RankedList[] = [];
  for (const users of userBatches(policy, test)) {
    const batch = users.map(
      (user) => new GrowingList(user, test, likedHistory(train, user, historySize), depth),
    );
    for (let open = batch; open.length > 0; open = open.filter((list) => !list.isFull)) {
      scoreItems(
        policy,
        open.map((list) => list.request()),
      );
      for (const list of open) list.showBest();
    }
    lists.push(...batch.map((list) => list.ranked()));
  }
  return lists;
}
