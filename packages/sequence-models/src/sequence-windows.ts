import type { Random } from '@rl-recsys/random';
import { isLiked, rowsOf, type RatingLog } from '@rl-recsys/rating-log';

/** What a model reads of some users, and what it should have said after each item; the oldest step first. */
export interface SequenceBatch {
  /** Steps of the longest window. */
  readonly length: number;
  /** Windows. */
  readonly size: number;
  /** int32 `[length, size]`; behind a window's end stands item 0, which nobody asks about. */
  readonly items: Int32Array;
  /** int32 `[length, size]`: 1 where the item was liked. */
  readonly liked: Int32Array;
  /** Which steps have a next item, as rows of `[length · size]`: int32 `[targets]`. */
  readonly rows: Int32Array;
  /** That item: int32 `[targets]`. */
  readonly targets: Int32Array;
  /** float32 `[targets]`: 1 where it was liked. */
  readonly targetLiked: Float32Array;
}

/** Some successive ratings of one user: rows of the log. */
interface Window {
  readonly start: number;
  readonly end: number;
}

/** The windows of a log that a sequence model learns from: epoch by epoch some of each user, in a new order. */
export class SequenceWindows {
  /** The users who have two ratings at least. */
  private readonly users: Int32Array;

  /**
   * @param length - how many items a window has at most, with one more to be foretold behind it.
   * @param perUser - windows of each user in an epoch.
   */
  constructor(
    private readonly log: RatingLog,
    private readonly length: number,
    private readonly perUser: number,
  ) {
    const users = Array.from({ length: log.userCount }, (_, user) => user);
    this.users = Int32Array.from(users.filter((user) => rowsOf(log, user).end - rowsOf(log, user).start > 1));
    if (this.users.length === 0) {
      throw new RangeError('log: expected a user with two ratings, got none');
    }
  }

  /** How many windows an epoch has. */
  get count(): number {
    return this.users.length * this.perUser;
  }

  /** One epoch. Half of the windows end where their user does, the others anywhere behind a whole window. */
  epoch(random: Random): Window[] {
    const { users, log, length, perUser } = this;
    const order = Int32Array.from({ length: this.count }, (_, place) => users[Math.floor(place / perUser)]!);
    random.shuffle(order);
    return Array.from(order, (user) => {
      const { start, end } = rowsOf(log, user);
      const earliest = Math.min(start + length + 1, end);
      const last = random.uniform() < 0.5 ? end : earliest + random.integer(end - earliest + 1);
      return { start: Math.max(start, last - length - 1), end: last };
    });
  }

  /** Windows side by side, all beginning at the first step. */
  batch(windows: readonly Window[]): SequenceBatch {
    const { items, ratings, scale } = this.log;
    const size = windows.length;
    const length = Math.max(...windows.map(({ start, end }) => end - 1 - start));
    const read = new Int32Array(length * size);
    const liked = new Int32Array(length * size);
    const [rows, targets, targetLiked]: number[][] = [[], [], []];
    for (const [window, { start, end }] of windows.entries()) {
      for (let row = start; row < end - 1; row++) {
        const place = (row - start) * size + window;
        read[place] = items[row]!;
        liked[place] = isLiked(ratings[row]!, scale) ? 1 : 0;
        rows!.push(place);
        targets!.push(items[row + 1]!);
        targetLiked!.push(isLiked(ratings[row + 1]!, scale) ? 1 : 0);
      }
    }
    return {
      ...{ length, size, items: read, liked },
      rows: Int32Array.from(rows!),
      targets: Int32Array.from(targets!),
      targetLiked: Float32Array.from(targetLiked!),
    };
  }
}
