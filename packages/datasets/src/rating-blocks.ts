export const blockLength: number = 1 << 20;

/** A million rows as columns. */
export interface RatingBlock {
  readonly users: Int32Array;
  readonly items: Int32Array;
  readonly ratings: Float32Array;
  readonly times: Float64Array;
}

/** Columns that grow by a block at a time: growing never copies, and each block can be let go by itself. */
export class RatingBlocks {
  length = 0;
  private readonly blocks: RatingBlock[] = [];
  private last = newBlock(0);

  push(user: number, item: number, rating: number, time: number): void {
    const place = this.length % blockLength;
    if (place === 0) this.blocks.push((this.last = newBlock(blockLength)));
    this.last.users[place] = user;
    this.last.items[place] = item;
    this.last.ratings[place] = rating;
    this.last.times[place] = time;
    this.length += 1;
  }

  /** For each user how many rows there are before theirs: int32 `[userCount + 1]`. */
  offsets(userCount: number): Int32Array {
    const offsets = new Int32Array(userCount + 1);
    this.blocks.forEach(({ users }, index) => {
      const end = Math.min(blockLength, this.length - index * blockLength);
      for (let row = 0; row < end; row++) offsets[users[row]! + 1]! += 1;
    });
    for (let user = 0; user < userCount; user++) offsets[user + 1]! += offsets[user]!;
    return offsets;
  }

  /** The blocks in their order, each cut to its rows; they are let go as they are given out. */
  *drain(): Generator<RatingBlock> {
    this.last = newBlock(0);
    for (; this.length > 0; this.length -= Math.min(blockLength, this.length)) {
      const { users, items, ratings, times } = this.blocks.shift()!;
      const end = Math.min(blockLength, this.length);
      yield { users: users.subarray(0, end), items, ratings, times };
    }
  }
}

/** Room for so many rows. */
export function newBlock(length: number): RatingBlock {
  return {
    users: new Int32Array(length),
    items: new Int32Array(length),
    ratings: new Float32Array(length),
    times: new Float64Array(length),
  };
}
