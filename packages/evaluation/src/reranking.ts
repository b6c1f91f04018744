import { ItemHistory } from '@rl-recsys/environment';
import { isLiked, rewardOf, type RatingLog } from '@rl-recsys/rating-log';
import { checkPositiveInteger } from './check-positive-integer.js';
import { checkSplit } from './check-split.js';
import type { Policy } from './policy.js';

/** What the re-ranking protocol works on. */
export interface RerankingProtocol {
  /** Where the histories come from. */
  readonly train: RatingLog;
  /** The held-out ratings, over the same users and items; each user's own are their candidates. */
  readonly test: RatingLog;
  /** n, how many liked items the policy sees (default 10, our choice). */
  readonly historySize?: number;
}

/** One user's held-out items in the order in which a policy showed them. */
export interface RerankedList {
  readonly user: number;
  /** int32 `[shown]`, the best first. */
  readonly items: Int32Array;
  /** `[shown]`: whether the user liked each of `items`. */
  readonly liked: readonly boolean[];
  /** How many items the user held out, shown or not. */
  readonly candidateCount: number;
  /** How many of those the user liked, shown or not. */
  readonly likedCount: number;
}

/**
 * Lets a policy order each user's held-out items, as in Algorithm 2 of DRR (Liu et al. 2018).
 *
 * The history starts with the last items that the user liked in `train`. At each step the policy
 * scores the items that remain, and the best is shown (of equals the one of the lowest index). Its
 * logged rating is the feedback: a liked item enters the history. Nothing is learned.
 *
 * The policy's arrays are its own to keep: they are made anew at each step. They hold no rating but
 * those in the history, and candidates are sorted by index, so that their order tells nothing.
 *
 * @param depth - how many items to show to each user at most (default 20, the largest usual cutoff).
 * @returns one list for each user with a held-out item, in the order of their indices.
 * @throws RangeError where a size is not a positive integer, `train` and `test` are not two parts of
 * one log, or the policy leaves an item without a score or gives it NaN.
 */
export function rerank(
  policy: Policy,
  { train, test, historySize = 10, depth = 20 }: RerankingProtocol & { readonly depth?: number },
): RerankedList[] {
  checkPositiveInteger('historySize', historySize);
  checkPositiveInteger('depth', depth);
  checkSplit(train, test);
  const lists: RerankedList[] = [];
  for (let user = 0; user < test.userCount; user++) {
    if (test.offsets[user + 1]! === test.offsets[user]!) continue;
    const history = new ItemHistory(historySize);
    for (let row = train.offsets[user]!; row < train.offsets[user + 1]!; row++) {
      rememberIfLiked(history, train, row);
    }
    lists.push(rerankUser(policy, user, test, history, depth));
  }
  return lists;
}

function rerankUser(
  policy: Policy,
  user: number,
  test: RatingLog,
  history: ItemHistory,
  depth: number,
): RerankedList {
  const likes = (row: number) => isLiked(test.ratings[row]!, test.scale);
  const start = test.offsets[user]!;
  const candidateCount = test.offsets[user + 1]! - start;
  // Sorted by item, so that the first of the best is the one of the lowest index.
  let remaining = Int32Array.from({ length: candidateCount }, (_, place) => start + place);
  remaining.sort((a, b) => test.items[a]! - test.items[b]!);
  const likedCount = remaining.filter(likes).length;
  const shown: number[] = [];
  while (shown.length < depth && remaining.length > 0) {
    const candidates = remaining.map((row) => test.items[row]!);
    const scores = new Float32Array(remaining.length).fill(NaN);
    policy.score({ user, ...history.observe(), candidates }, candidates, scores);
    const unscored = scores.findIndex(Number.isNaN);
    if (unscored !== -1) {
      const item = test.items[remaining[unscored]!]!;
      throw new RangeError(`${policy.name}: expected a score for item ${item} of user ${user}, got NaN`);
    }
    const best = remaining[firstMaximum(scores)]!;
    shown.push(best);
    rememberIfLiked(history, test, best);
    remaining = remaining.filter((row) => row !== best);
  }
  return {
    user,
    items: Int32Array.from(shown, (row) => test.items[row]!),
    liked: shown.map(likes),
    candidateCount,
    likedCount,
  };
}

function rememberIfLiked(history: ItemHistory, { items, ratings, scale }: RatingLog, row: number): void {
  const rating = ratings[row]!;
  if (isLiked(rating, scale)) history.push(items[row]!, rewardOf(rating, scale));
}

/** Where the largest number is, the first where several are. */
function firstMaximum(numbers: Float32Array): number {
  let best = 0;
  for (let place = 1; place < numbers.length; place++) {
    if (numbers[place]! > numbers[best]!) best = place;
  }
  return best;
}
