import { savedArray, type Savable, type SavedState } from '@rl-recsys/random';

/** Which items may still be shown in a session, ascending. */
export class CandidateItems implements Savable {
  private readonly items: Int32Array;
  private count: number;

  /** @param itemCount - all items from 0 to `itemCount` − 1 may be shown at first. */
  constructor(itemCount: number) {
    this.items = new Int32Array(itemCount);
    this.count = itemCount;
    this.refill();
  }

  /** All may be shown again. */
  refill(): void {
    this.count = this.items.length;
    for (let item = 0; item < this.count; item++) this.items[item] = item;
  }

  /** How many there are. */
  get size(): number {
    return this.count;
  }

  has(item: number): boolean {
    const place = this.items.indexOf(item);
    return place >= 0 && place < this.count;
  }

  /** Takes `item` away; it must be there. */
  remove(item: number): void {
    const place = this.items.indexOf(item);
    this.items.copyWithin(place, place + 1, this.count);
    this.count -= 1;
  }

  /** int32 `[size]`: a view, which is only good until the next change. */
  view(): Int32Array {
    return this.items.subarray(0, this.count);
  }

  /** int32 `[size]`: a copy to hand out. */
  copy(): Int32Array {
    return this.items.slice(0, this.count);
  }

  /** int32 `[size]`: a copy in the room of another, of as many items; good until it is lent again. */
  lendIn(room: Int32Array): Int32Array {
    room.set(this.items);
    return room.subarray(0, this.count);
  }

  state(): SavedState {
    return this.copy();
  }

  /** @throws TypeError or RangeError where the state is none of as many items; nothing has changed then. */
  restore(state: SavedState): void {
    const saved = savedArray(state, 'candidates', Int32Array);
    const isKept = saved.every((item, place) => item > (saved[place - 1] ?? -1) && item < this.items.length);
    if (!isKept)
      throw new RangeError(`candidates: expected ascending items below ${this.items.length}, got others`);
    this.items.set(saved);
    this.count = saved.length;
  }
}
