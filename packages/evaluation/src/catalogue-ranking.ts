import { isLiked } from '@rl-recsys/rating-log';
import { checkPositiveInteger } from './check-positive-integer.js';
import { checkSplit } from './check-split.js';
import { checkUnseen } from './leak.js';
import { likedHistory } from './liked-history.js';
import type { Policy } from './policy.js';
import type { RankedList, RankingProtocol } from './ranked-list.js';
import { scoreItems } from './score-items.js';
import { topPlaces } from './top-places.js';

/**
 * Lets a policy rank the whole catalogue for each user, once, without the items that the user rated in
 * `train`. Relevant are the held-out items that the user liked; all others count as misses.
 *
 * Every item is ranked, because metrics on sampled negatives can order policies otherwise than the exact
 * ones do (Krichene and Rendle 2020).
 *
 * The policy sees the last items that the user liked in `train`; of equals the item of the lowest index
 * comes first.
 *
 * @param depth - how many items to show to each user at most (default 20, the largest usual cutoff).
 * @returns one list for each user with a held-out item, in the order of their indices. It is empty for
 * those who liked none of them: nothing that could be shown to them is relevant.
 * @throws RangeError as `rerank` does.
 */
export function rankCatalogue(
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
  const { userCount, itemCount } = train;
  const ratedBy = new Int32Array(itemCount).fill(-1);
  const likedBy = new Int32Array(itemCount).fill(-1);
  const scores = new Float32Array(itemCount);
  const lists: RankedList[] = [];
  for (let user = 0; user < userCount; user++) {
    if (test.offsets[user + 1]! === test.offsets[user]!) continue;
    let likedCount = 0;
    for (let row = test.offsets[user]!; row < test.offsets[user + 1]!; row++) {
      if (!isLiked(test.ratings[row]!, test.scale)) continue;
      likedBy[test.items[row]!] = user;
      likedCount += 1;
    }
    for (let row = train.offsets[user]!; row < train.offsets[user + 1]!; row++) {
      ratedBy[train.items[row]!] = user;
    }
    const unrated = unratedBy(user, ratedBy);
    let items = new Int32Array();
    if (likedCount > 0) {
      const own = scores.subarray(0, unrated.length);
      scoreItems(policy, { user, ...likedHistory(train, user, historySize).observe() }, unrated, own);
      items = topPlaces(own, depth).map((place) => unrated[place]!);
    }
    lists.push({
      user,
      items,
      liked: Array.from(items, (item) => likedBy[item] === user),
      candidateCount: unrated.length,
      likedCount,
    });
  }
  return lists;
}

function unratedBy(user: number, ratedBy: Int32Array): Int32Array {
  const items = new Int32Array(ratedBy.length);
  let count = 0;
  for (let item = 0; item < ratedBy.length; item++) if (ratedBy[item] !== user) items[count++] = item;
  return items.slice(0, count);
}
