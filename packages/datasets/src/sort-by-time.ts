/** The columns that are sorted together. */
export interface Columns {
  readonly items: Int32Array;
  readonly ratings: Float32Array;
  readonly timestamps: Float64Array;
}

/** Sorts rows within each user's range by time, in place; rows of equal time keep their order. */
export function sortByTime(columns: Columns, offsets: Int32Array): void {
  const sorter = new RangeSorter(columns);
  for (let user = 0; user + 1 < offsets.length; user++) sorter.sort(offsets[user]!, offsets[user + 1]!);
}

/** A merge sort from the bottom up, with room that is used again from range to range. */
class RangeSorter {
  private order = new Int32Array(0);
  private target = new Int32Array(0);
  private items = new Int32Array(0);
  private ratings = new Float32Array(0);
  private times = new Float64Array(0);

  constructor(private readonly columns: Columns) {}

  sort(start: number, end: number): void {
    const { items, ratings, timestamps } = this.columns;
    let row = start + 1;
    while (row < end && timestamps[row - 1]! <= timestamps[row]!) row++;
    if (row >= end) return;
    const length = end - start;
    this.makeRoom(length);
    this.items.set(items.subarray(start, end));
    this.ratings.set(ratings.subarray(start, end));
    this.times.set(timestamps.subarray(start, end));
    for (let place = 0; place < length; place++) this.order[place] = place;
    for (let width = 1; width < length; width *= 2) {
      for (let from = 0; from < length; from += 2 * width) {
        this.merge(from, Math.min(from + width, length), Math.min(from + 2 * width, length));
      }
      [this.order, this.target] = [this.target, this.order];
    }
    for (let place = 0; place < length; place++) {
      const from = this.order[place]!;
      items[start + place] = this.items[from]!;
      ratings[start + place] = this.ratings[from]!;
      timestamps[start + place] = this.times[from]!;
    }
  }

  private merge(from: number, middle: number, end: number): void {
    const { order, target, times } = this;
    let [left, right] = [from, middle];
    for (let place = from; place < end; place++) {
      const takesLeft = right === end || (left < middle && times[order[left]!]! <= times[order[right]!]!);
      target[place] = order[takesLeft ? left++ : right++]!;
    }
  }

  private makeRoom(length: number): void {
    if (length <= this.order.length) return;
    this.order = new Int32Array(2 * length);
    this.target = new Int32Array(2 * length);
    this.items = new Int32Array(2 * length);
    this.ratings = new Float32Array(2 * length);
    this.times = new Float64Array(2 * length);
  }
}
