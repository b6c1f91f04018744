import { NO_ITEM } from '@rl-recsys/environment/histories';
import { ItemHistory } from '@rl-recsys/environment/item-history';
import { isLiked, rewardOf, rowsOf, type RatingLog, type RatingScale } from '@rl-recsys/rating-log';
import type { RatedItem } from './asker.js';

/** Somebody's past, in indices. */
export interface SeenHistory {
  /** A row of the users' table; undefined for somebody new. */
  readonly user: number | undefined;
  /** What they rated, oldest first. */
  readonly rated: Int32Array;
  readonly ratings: Float32Array;
  /** int32 `[n]`: what they liked last, padded in front. */
  readonly history: Int32Array;
  /** float32 `[n]`: what each of that earned. */
  readonly rewards: Float32Array;
}

/** The index of an item's id; throws where there is none, and names the argument that held it. */
export type ItemIndices = (name: string, id: string) => number;

/** A user as the whole log leaves them. */
export function knownHistory(log: RatingLog, user: number, historySize: number): SeenHistory {
  const { start, end } = rowsOf(log, user);
  const [rated, ratings] = [log.items.subarray(start, end), log.ratings.subarray(start, end)];
  return { user, rated, ratings, ...likesOf(rated, ratings, log.scale, historySize) };
}

/**
 * Somebody new; an item without a rating is a like, as good as the scale allows. Of an item that is named twice the latest
 * counts, as in a log.
 *
 * @throws RangeError where an item is unknown or a rating is outside the scale.
 */
export function newHistory(
  entries: readonly (string | RatedItem)[],
  scale: RatingScale,
  index: ItemIndices,
  historySize: number,
): SeenHistory {
  return somebodyNew(latestOf('history', entries, scale, index), scale, historySize);
}

/** Ratings by item, in the order of their latest. */
function latestOf(
  name: string,
  entries: readonly (string | RatedItem)[],
  scale: RatingScale,
  index: ItemIndices,
): Map<number, number> {
  const latest = new Map<number, number>();
  for (const [place, entry] of entries.entries()) {
    const { item, rating } = typeof entry === 'string' ? { item: entry, rating: scale.max } : entry;
    if (!(rating >= scale.min && rating <= scale.max)) {
      throw new RangeError(
        `${name}[${place}]: expected a rating from ${scale.min} to ${scale.max}, got ${rating}`,
      );
    }
    const known = index(`${name}[${place}]`, item);
    latest.delete(known); // so that its place is the latest one's too
    latest.set(known, rating);
  }
  return latest;
}

function somebodyNew(
  latest: ReadonlyMap<number, number>,
  scale: RatingScale,
  historySize: number,
): SeenHistory {
  const rated = Int32Array.from(latest.keys());
  const ratings = Float32Array.from(latest.values());
  return { user: undefined, rated, ratings, ...likesOf(rated, ratings, scale, historySize) };
}

/**
 * A user and what came since the log was made, as one past; of an item that is in both the later rating counts.
 *
 * @param user - their row; undefined where the log does not know them.
 * @throws RangeError as {@link newHistory} does, for `since`.
 */
export function returningHistory(
  { log, user }: { readonly log: RatingLog; readonly user: number | undefined },
  since: readonly (string | RatedItem)[],
  index: ItemIndices,
  historySize: number,
): SeenHistory {
  const fresh = latestOf('since', since, log.scale, index);
  if (user === undefined) return somebodyNew(fresh, log.scale, historySize);
  if (fresh.size === 0) return knownHistory(log, user, historySize);
  const { start, end } = rowsOf(log, user);
  const latest = new Map<number, number>();
  for (let row = start; row < end; row++) {
    if (!fresh.has(log.items[row]!)) latest.set(log.items[row]!, log.ratings[row]!);
  }
  for (const [item, rating] of fresh) latest.set(item, rating);
  return somebodyNew(latest, log.scale, historySize);
}

/**
 * A user in a visit: they keep the vector that their past has left, and the history is what the visit has shown, liked or not.
 *
 * @param user - their row; undefined where the log does not know them: then the visit is all there is of them.
 * @throws RangeError as {@link newHistory} does, for `visit`.
 */
export function visitHistory(
  { log, user }: { readonly log: RatingLog; readonly user: number | undefined },
  visit: readonly RatedItem[],
  index: ItemIndices,
  historySize: number,
): SeenHistory {
  const shown = latestOf('visit', visit, log.scale, index);
  const history = new ItemHistory(historySize);
  for (const [item, rating] of shown) history.push(item, rewardOf(rating, log.scale));
  const { start, end } = user === undefined ? { start: 0, end: 0 } : rowsOf(log, user);
  const rated = Int32Array.from([...log.items.subarray(start, end), ...shown.keys()]);
  const ratings = Float32Array.from([...log.ratings.subarray(start, end), ...shown.values()]);
  return { user, rated, ratings, ...history.observe() };
}

/** What they liked last; from the end, since a past may be far longer than a policy looks back. */
function likesOf(rated: Int32Array, ratings: Float32Array, scale: RatingScale, historySize: number) {
  const history = new Int32Array(historySize).fill(NO_ITEM);
  const rewards = new Float32Array(historySize);
  let free = historySize - 1;
  for (let place = rated.length - 1; place >= 0 && free >= 0; place--) {
    const rating = ratings[place]!;
    if (!isLiked(rating, scale)) continue;
    history[free] = rated[place]!;
    rewards[free--] = rewardOf(rating, scale);
  }
  return { history, rewards };
}
