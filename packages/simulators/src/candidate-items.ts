/** Which items may still be shown in a session, ascending. */
export class CandidateItems {
  private readonly items: Int32Array;
  private count: number;

  /** @param itemCount - all items from 0 to `itemCount` − 1 may be shown at first. */
  constructor(itemCount: number) {
    this.items = new Int32Array(itemCount).map((_, item) => item);
    this.count = itemCount;
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
}
