import type { RatingLog, RatingScale } from '@rl-recsys/rating-log';
import { BlockByRange } from './block-by-range.js';
import { blockLength, type RatingBlocks } from './rating-blocks.js';
import { sortByTime, type Columns } from './sort-by-time.js';

/**
 * Which of several rows of one user and item stays, with its own time.
 *
 * - `latest`: the one of the latest time; of equal times the one read last.
 * - `first`: the one of the earliest time; of equal times the one read first.
 * - `highest`: the one of the highest rating; of equal ratings the earliest, of equal times the one read first.
 */
export type Duplicates = 'latest' | 'first' | 'highest';

/**
 * Sorts blocks of rows into a log, as `createRatingLog` does, but without another copy of the rows: the
 * blocks are empty afterwards.
 */
export function logOfBlocks(
  blocks: RatingBlocks,
  sizes: { readonly userCount: number; readonly itemCount: number },
  scale: RatingScale,
  duplicates: Duplicates,
): RatingLog {
  const offsets = blocks.offsets(sizes.userCount);
  const columns = groupByUser(blocks, offsets);
  sortByTime(columns, offsets);
  const rows = removeDuplicates(columns, offsets, sizes.itemCount, duplicates);
  const { items, ratings, timestamps } = columns;
  if (rows === items.length) return { ...sizes, offsets, items, ratings, timestamps, scale };
  return {
    ...sizes,
    offsets,
    items: items.slice(0, rows),
    ratings: ratings.slice(0, rows),
    timestamps: timestamps.slice(0, rows),
    scale,
  };
}

/** A counting sort. */
function groupByUser(blocks: RatingBlocks, offsets: Int32Array): Columns {
  const items = new Int32Array(blocks.length);
  const ratings = new Float32Array(blocks.length);
  const timestamps = new Float64Array(blocks.length);
  const next = offsets.slice();
  const byRange = new BlockByRange(offsets, Math.min(blockLength, blocks.length));
  for (const block of blocks.drain()) {
    const sorted = byRange.sort(block);
    for (let row = 0; row < block.users.length; row++) {
      const target = next[sorted.users[row]!]!++;
      items[target] = sorted.items[row]!;
      ratings[target] = sorted.ratings[row]!;
      timestamps[target] = sorted.times[row]!;
    }
  }
  return { items, ratings, timestamps };
}

/** Moves the rows that stay to the front, in place, and returns how many those are. */
function removeDuplicates(
  { items, ratings, timestamps }: Columns,
  offsets: Int32Array,
  itemCount: number,
  duplicates: Duplicates,
): number {
  // By item: the row that stays so far; one from before `start` is another user's.
  const chosen = new Int32Array(itemCount).fill(-1);
  let kept = 0;
  let start = 0;
  for (let user = 0; user + 1 < offsets.length; user++) {
    const end = offsets[user + 1]!;
    for (let row = start; row < end; row++) {
      const rival = chosen[items[row]!]!;
      const isBetter =
        rival < start ||
        duplicates === 'latest' ||
        (duplicates === 'highest' && ratings[row]! > ratings[rival]!);
      if (isBetter) chosen[items[row]!] = row;
    }
    for (let row = start; row < end; row++) {
      if (chosen[items[row]!] !== row) continue;
      items[kept] = items[row]!;
      ratings[kept] = ratings[row]!;
      timestamps[kept] = timestamps[row]!;
      kept += 1;
    }
    start = end;
    offsets[user + 1] = kept;
  }
  return kept;
}
