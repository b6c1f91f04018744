import { newBlock, type RatingBlock } from './rating-blocks.js';

const RANGES = 256;

/**
 * Sorts blocks by ranges of users that have about as many rows each. What then goes to its users' places, which are as
 * good as random, goes to one part of memory after the other, and finds most of its pages among those just used.
 */
export class BlockByRange {
  private readonly sorted: RatingBlock;
  /** By user: which range. */
  private readonly ranges: Uint8Array;
  private readonly next = new Int32Array(RANGES + 1);

  /**
   * @param offsets - int32 `[users + 1]`: for each user how many rows there are before theirs.
   * @param rows - how many a block has at most.
   */
  constructor(offsets: Int32Array, rows: number) {
    const all = offsets.at(-1)!;
    this.ranges = Uint8Array.from(offsets, (before) => Math.min(RANGES - 1, (before * RANGES) / all));
    this.sorted = newBlock(rows);
  }

  /** The same rows as in a block, those of a user in their order; until the next call. */
  sort(block: RatingBlock): RatingBlock {
    const { next, ranges, sorted } = this;
    const { length } = block.users;
    next.fill(0);
    for (let row = 0; row < length; row++) next[ranges[block.users[row]!]! + 1]! += 1;
    for (let range = 0; range < RANGES; range++) next[range + 1]! += next[range]!;
    for (let row = 0; row < length; row++) {
      const user = block.users[row]!;
      const target = next[ranges[user]!]!++;
      sorted.users[target] = user;
      sorted.items[target] = block.items[row]!;
      sorted.ratings[target] = block.ratings[row]!;
      sorted.times[target] = block.times[row]!;
    }
    return sorted;
  }
}
