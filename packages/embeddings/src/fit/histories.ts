/** What a user has rated so far, in any order. */
export interface History {
  /** int `[length]` */
  readonly items: ArrayLike<number>;
  /** `[length]` */
  readonly ratings: ArrayLike<number>;
}

/** Many histories as stretches of the same columns, such as those of a log; they may overlap. */
export interface Histories extends History {
  /** int `[histories]`: the first row of each. */
  readonly starts: ArrayLike<number>;
  /** int `[histories]`: the row after its last. */
  readonly ends: ArrayLike<number>;
}

/** @throws RangeError where the columns differ in length, an item is unknown or a rating is not finite. */
export function assertHistory({ items, ratings }: History, itemCount: number): void {
  if (ratings.length !== items.length) {
    throw new RangeError(`ratings: expected ${items.length} like items, got ${ratings.length}`);
  }
  for (let row = 0; row < items.length; row++) {
    const item = items[row]!;
    if (!(Number.isInteger(item) && item >= 0 && item < itemCount)) {
      throw new RangeError(`items[${row}]: expected 0 to ${itemCount - 1}, got ${item}`);
    }
    if (!Number.isFinite(ratings[row])) {
      throw new RangeError(`ratings[${row}]: expected a finite number, got ${ratings[row]}`);
    }
  }
}

/** @throws RangeError where histories are no stretches of columns of known items and finite ratings. */
export function assertHistories({ items, ratings, starts, ends }: Histories, itemCount: number): void {
  assertHistory({ items, ratings }, itemCount);
  if (ends.length !== starts.length) {
    throw new RangeError(`ends: expected ${starts.length} like starts, got ${ends.length}`);
  }
  for (let history = 0; history < starts.length; history++) {
    const [start, end] = [starts[history]!, ends[history]!];
    const isStretch = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end;
    if (!isStretch || end > items.length) {
      throw new RangeError(
        `starts[${history}], ends[${history}]: expected rows from 0 to ${items.length} in order, got ${start}, ${end}`,
      );
    }
  }
}
