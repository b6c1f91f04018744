import { rowsOf } from '@rl-recsys/rating-log';
import type { KernelMemory } from '../memory/kernel-memory.js';
import type { Groups } from './least-squares.js';

/** Ratings sorted by user, or likes, which are all alike. */
export interface Interactions {
  readonly userCount: number;
  readonly itemCount: number;
  /** int32 `[userCount + 1]`: user u's are those from `offsets[u]` to `offsets[u + 1] - 1`. */
  readonly offsets: Int32Array;
  /** int32 `[interactions]` */
  readonly items: Int32Array;
  /** float32 `[interactions]`; undefined where each is a like. */
  readonly ratings: Float32Array | undefined;
}

/** Copies interactions into the memory twice, grouped by user and by item: 8 or 16 bytes each. */
export function groupBothWays(memory: KernelMemory, log: Interactions): { byUser: Groups; byItem: Groups } {
  const byUser = allocateGroups(memory, log.userCount, log);
  const byItem = allocateGroups(memory, log.itemCount, log);
  const own = viewGroups(memory, byUser, log.userCount, log);
  own.offsets.set(log.offsets);
  own.partners.set(log.items);
  if (log.ratings) own.ratings.set(log.ratings);
  sortByItem(log, viewGroups(memory, byItem, log.itemCount, log));
  return { byUser, byItem };
}

interface GroupViews {
  readonly offsets: Int32Array;
  readonly partners: Int32Array;
  readonly ratings: Float32Array;
}

function allocateGroups(memory: KernelMemory, rows: number, { items, ratings }: Interactions): Groups {
  const starts = memory.allocate(4 * (rows + 1));
  return {
    starts,
    ends: starts + 4,
    partners: memory.allocate(4 * items.length),
    ratings: ratings ? memory.allocate(4 * items.length) : 0,
  };
}

function viewGroups(memory: KernelMemory, groups: Groups, rows: number, log: Interactions): GroupViews {
  return {
    offsets: memory.integers(groups.starts, rows + 1),
    partners: memory.integers(groups.partners, log.items.length),
    ratings: memory.floats(groups.ratings, log.ratings ? log.items.length : 0),
  };
}

/** A counting sort: each item's interactions are in the order of its users. */
function sortByItem(log: Interactions, { offsets, partners, ratings }: GroupViews): void {
  const { userCount, itemCount, items, ratings: userRatings } = log;
  offsets.fill(0);
  for (let row = 0; row < items.length; row++) offsets[items[row]! + 1]! += 1;
  for (let item = 0; item < itemCount; item++) offsets[item + 1]! += offsets[item]!;
  const next = offsets.slice();
  for (let user = 0; user < userCount; user++) {
    const { start, end } = rowsOf(log, user);
    for (let row = start; row < end; row++) {
      const place = next[items[row]!]!++;
      partners[place] = user;
      if (userRatings) ratings[place] = userRatings[row]!;
    }
  }
}
