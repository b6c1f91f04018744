import { savedArray, savedRecord, type Savable, type SavedState } from '@rl-recsys/random';
import { NO_ITEM } from './histories.js';

/**
 * The last n items and what each earned, as a {@link RecommendationObservation} shows them.
 *
 * It remembers what it is told to: DRR's H takes only items that were liked.
 */
export class ItemHistory implements Savable {
  private readonly items: Int32Array;
  private readonly earned: Float32Array;

  /**
   * @param size - n.
   * @throws RangeError where `size` is not a positive integer.
   */
  constructor(size: number) {
    if (!Number.isSafeInteger(size) || size < 1) {
      throw new RangeError(`size: expected a positive integer, got ${size}`);
    }
    this.items = new Int32Array(size).fill(NO_ITEM);
    this.earned = new Float32Array(size);
  }

  /** Lets an item in as the newest, and the oldest out. */
  push(item: number, reward: number): void {
    const last = this.items.length - 1;
    this.items.copyWithin(0, 1);
    this.items[last] = item;
    this.earned.copyWithin(0, 1);
    this.earned[last] = reward;
  }

  /** Forgets all of it. */
  clear(): void {
    this.items.fill(NO_ITEM);
    this.earned.fill(0);
  }

  /** Copies for an observation: int32 `[n]` and float32 `[n]`, oldest first, padded in front. */
  observe(): { history: Int32Array; rewards: Float32Array } {
    const size = this.items.length;
    // Side by side in one block: a block of its own for each would cost more than is in it.
    const block = new ArrayBuffer(8 * size);
    const [history, rewards] = [new Int32Array(block, 0, size), new Float32Array(block, 4 * size)];
    history.set(this.items);
    rewards.set(this.earned);
    return { history, rewards };
  }

  state(): SavedState {
    return { items: this.items.slice(), earned: this.earned.slice() };
  }

  /** @throws TypeError or RangeError where the state is of none, or of one of another length; nothing has changed then. */
  restore(state: SavedState): void {
    const { items, earned } = savedRecord(state, 'history', ['items', 'earned']);
    const size = this.items.length;
    const saved = savedArray(items, 'history.items', Int32Array, size);
    this.earned.set(savedArray(earned, 'history.earned', Float32Array, size));
    this.items.set(saved);
  }
}
