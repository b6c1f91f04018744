import { HISTORY_SIZE } from '@rl-recsys/environment';
import { isLiked, rowsOf, type RatingLog } from '@rl-recsys/rating-log';
import { assertPolicy } from './check/assert-policy.js';
import { checkPositiveInteger } from './check-positive-integer.js';
import { checkSplit } from './check-split.js';
import { checkUnseen } from './leak.js';
import { likedHistory } from './liked-history.js';
import type { Policy } from './policy.js';
import type { RankedList, RankingProtocol } from './ranked-list.js';
import { scoreItems, type ScoreRequest } from './score-items.js';
import { topPlaces } from './top-places.js';
import { userBatches } from './user-batches.js';

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
 * @throws as `rerank` does.
 */
export function rankCatalogue(
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
    const choices = users.map((user) => choiceOf(user, { train, test, historySize }));
    scoreItems(
      policy,
      choices.filter(({ liked }) => liked.size > 0),
    );
    for (const { observation, items: unrated, scores, liked } of choices) {
      const places = liked.size > 0 ? topPlaces(scores, depth) : new Int32Array();
      const items = places.map((place) => unrated[place]!);
      lists.push({
        user: observation.user,
        items,
        liked: Array.from(items, (item) => liked.has(item)),
        candidateCount: unrated.length,
        likedCount: liked.size,
      });
    }
  }
  return lists;
}

/** All that a user did not rate in training, and what they liked of it. */
function choiceOf(
  user: number,
  { train, test, historySize }: { train: RatingLog; test: RatingLog; historySize: number },
): ScoreRequest & { readonly liked: ReadonlySet<number> } {
  const items = unratedBy(user, train);
  const liked = new Set<number>();
  const { start, end } = rowsOf(test, user);
  for (let row = start; row < end; row++) {
    if (isLiked(test.ratings[row]!, test.scale)) liked.add(test.items[row]!);
  }
  return {
    observation: { user, ...likedHistory(train, user, historySize).observe() },
    items,
    scores: new Float32Array(items.length),
    liked,
  };
}

function unratedBy(user: number, train: RatingLog): Int32Array {
  const isRated = new Uint8Array(train.itemCount);
  const { start, end } = rowsOf(train, user);
  for (let row = start; row < end; row++) isRated[train.items[row]!] = 1;
  const items = new Int32Array(train.itemCount);
  let count = 0;
  for (let item = 0; item < train.itemCount; item++) if (isRated[item] === 0) items[count++] = item;
  return items.slice(0, count);
}
