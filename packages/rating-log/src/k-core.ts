import type { RatingLog } from './rating-log.js';
import { rowsOf } from './rows-of.js';

/** How many interactions a user and an item must keep. */
export interface CoreMinima {
  /** Default 1: only users without any are removed. */
  readonly minimumPerUser?: number;
  /** Default 1: only items without any are removed. */
  readonly minimumPerItem?: number;
}

/** What is left of a log, over new indices, and which old indices those were. */
export interface Core {
  readonly log: RatingLog;
  /** int32 `[log.userCount]`, ascending: the index that each user had before. */
  readonly users: Int32Array;
  /** int32 `[log.itemCount]`, ascending: the index that each item had before. */
  readonly items: Int32Array;
}

/**
 * The largest part of a log in which every user and every item has enough interactions.
 *
 * Removing a user takes interactions from items, and the other way round, so it goes on until nothing
 * changes: for equal minima k this is the k-core of the bipartite graph of users and items (Seidman
 * 1983). What is left may be empty. The time is linear in the rows.
 *
 * @throws RangeError where a minimum is no integer from 0.
 */
export function kCore(log: RatingLog, { minimumPerUser = 1, minimumPerItem = 1 }: CoreMinima = {}): Core {
  assertMinimum('minimumPerUser', minimumPerUser);
  assertMinimum('minimumPerItem', minimumPerItem);
  const byUser: Side = { offsets: log.offsets, neighbors: log.items, minimum: minimumPerUser };
  const byItem: Side = { ...ratersOf(log), minimum: minimumPerItem };
  const [keepsUser, keepsItem] = peel(byUser, byItem);
  const users = indicesOf(keepsUser);
  const items = indicesOf(keepsItem);
  return { log: reindex(log, users, items, keepsItem), users, items };
}

/** The interactions by user or by item: neighbors of u are `neighbors[offsets[u]]` and so on. */
interface Side {
  readonly offsets: Int32Array;
  readonly neighbors: Int32Array;
  readonly minimum: number;
}

/** Who rated each item, by a counting sort. */
function ratersOf(log: RatingLog): Omit<Side, 'minimum'> {
  const { userCount, itemCount, items } = log;
  const starts = new Int32Array(itemCount + 1);
  for (const item of items) starts[item + 1]! += 1;
  for (let item = 0; item < itemCount; item++) starts[item + 1]! += starts[item]!;
  const next = starts.slice();
  const raters = new Int32Array(items.length);
  for (let user = 0; user < userCount; user++) {
    const { start, end } = rowsOf(log, user);
    for (let row = start; row < end; row++) raters[next[items[row]!]!++] = user;
  }
  return { offsets: starts, neighbors: raters };
}

/** For both sides 1 where one stays and 0 where not. Each is removed once, which looks at its rows once. */
function peel(...sides: readonly [Side, Side]): [Uint8Array, Uint8Array] {
  const degrees = sides.map(({ offsets }) => offsets.subarray(1).map((end, index) => end - offsets[index]!));
  const keeps: [Uint8Array, Uint8Array] = [
    new Uint8Array(degrees[0]!.length).fill(1),
    new Uint8Array(degrees[1]!.length).fill(1),
  ];
  const removed: [Int32Array, Int32Array] = [
    new Int32Array(degrees[0]!.length),
    new Int32Array(degrees[1]!.length),
  ];
  const counts = [0, 0];
  const check = (side: 0 | 1, index: number) => {
    if (keeps[side][index] === 0 || degrees[side]![index]! >= sides[side].minimum) return;
    keeps[side][index] = 0;
    removed[side][counts[side]!++] = index;
  };
  for (const side of [0, 1] as const) {
    for (let index = 0; index < keeps[side].length; index++) check(side, index);
  }
  const done = [0, 0];
  while (done[0]! < counts[0]! || done[1]! < counts[1]!) {
    const side = done[0]! < counts[0]! ? 0 : 1;
    const other = side === 0 ? 1 : 0;
    const index = removed[side][done[side]!++]!;
    const { offsets, neighbors } = sides[side];
    for (let place = offsets[index]!; place < offsets[index + 1]!; place++) {
      const neighbor = neighbors[place]!;
      degrees[other]![neighbor]! -= 1;
      check(other, neighbor);
    }
  }
  return keeps;
}

/** Where `keeps` is 1. */
function indicesOf(keeps: Uint8Array): Int32Array {
  const indices = new Int32Array(keeps.reduce((sum, kept) => sum + kept, 0));
  let count = 0;
  keeps.forEach((kept, index) => {
    if (kept === 1) indices[count++] = index;
  });
  return indices;
}

function reindex(log: RatingLog, users: Int32Array, kept: Int32Array, keepsItem: Uint8Array): RatingLog {
  const newIndex = new Int32Array(log.itemCount);
  kept.forEach((item, index) => (newIndex[item] = index));
  const offsets = new Int32Array(users.length + 1);
  users.forEach((user, index) => {
    const { start, end } = rowsOf(log, user);
    let count = 0;
    for (let row = start; row < end; row++) count += keepsItem[log.items[row]!]!;
    offsets[index + 1] = offsets[index]! + count;
  });
  const rows = offsets[users.length]!;
  const items = new Int32Array(rows);
  const ratings = new Float32Array(rows);
  const timestamps = new Float64Array(rows);
  let taken = 0;
  for (const user of users) {
    const { start, end } = rowsOf(log, user);
    for (let row = start; row < end; row++) {
      const item = log.items[row]!;
      if (keepsItem[item] === 0) continue;
      items[taken] = newIndex[item]!;
      ratings[taken] = log.ratings[row]!;
      timestamps[taken++] = log.timestamps[row]!;
    }
  }
  const { scale } = log;
  return { userCount: users.length, itemCount: kept.length, offsets, items, ratings, timestamps, scale };
}

function assertMinimum(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${name}: expected an integer from 0, got ${value}`);
  }
}
