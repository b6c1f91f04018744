import { NO_ITEM } from '@rl-recsys/environment';
import type { Room } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import type { RewardedHistories } from '../../histories.js';

/** What histories are looked up in, and how many there is room for. */
export interface FusedHistoriesOptions {
  /** `[users, k]` */
  readonly users: tf.Tensor2D;
  /** n */
  readonly historySize: number;
  readonly capacity: number;
}

/** Users and their histories as networks by hand read them: on addresses, at most as many as there is room for. */
export class FusedHistories {
  /** u `[rows, k]` */
  readonly users: number;
  /** int32 `[rows, n]`: the items' rows, 0 at padding. */
  readonly items: number;
  /** `[rows, n]`: 1 at an item, 0 at padding. */
  readonly mask: number;
  /** `[rows, n]`: 1 / m at each of m items, 0 at padding. */
  readonly shares: number;
  /** `[rows, n]`: what each item earned, 0 at padding. */
  readonly rewards: number;
  /** `[rows]`: m / n. */
  readonly fullness: number;
  private readonly userRows: number;
  /** How many there are now. */
  rows = 0;

  constructor(
    private readonly room: Room,
    private readonly options: FusedHistoriesOptions,
  ) {
    const { users, historySize: n, capacity } = options;
    this.users = room.take(capacity * users.shape[1]);
    this.userRows = room.take(capacity);
    this.fullness = room.take(capacity);
    this.items = room.take(capacity * n);
    this.mask = room.take(capacity * n);
    this.shares = room.take(capacity * n);
    this.rewards = room.take(capacity * n);
  }

  /** Takes rows from one on, up to another, of checked histories. */
  write({ user, history, rewards }: RewardedHistories, from: number = 0, to: number = user.length): void {
    const { fast } = this.room;
    const { users, historySize: n } = this.options;
    const [count, first] = [to - from, from * n];
    this.rows = count;
    const userRows = fast.integers(this.userRows, count);
    for (let row = 0; row < count; row++) userRows[row] = user[from + row]!;
    const [table, k] = users.shape;
    fast.exports.gather(fast.addressOf(users), table, this.userRows, count, 4 * k, this.users);

    const items = fast.integers(this.items, count * n);
    const [mask, shares] = [fast.floats(this.mask, count * n), fast.floats(this.shares, count * n)];
    const [earned, fullness] = [fast.floats(this.rewards, count * n), fast.floats(this.fullness, count)];
    for (let row = 0; row < count; row++) {
      const end = (row + 1) * n;
      let there = 0;
      for (let place = row * n; place < end; place++) {
        const item = history[first + place]!;
        const isItem = item !== NO_ITEM;
        if (isItem) there += 1;
        items[place] = isItem ? item : 0;
        mask[place] = isItem ? 1 : 0;
        earned[place] = isItem ? rewards[first + place]! : 0;
      }
      for (let place = row * n; place < end; place++) shares[place] = mask[place]! / Math.max(1, there);
      fullness[row] = there / n;
    }
  }
}
