import { float32Scale, type RatingScale } from './rating-scale.js';

/** Ratings in any order, as parallel columns of dense indices. */
export interface RatingColumns {
  /** How many users there are; indices in `users` are below it. */
  readonly userCount: number;
  /** How many items there are; indices in `items` are below it. */
  readonly itemCount: number;
  /** int `[rows]` */
  readonly users: ArrayLike<number>;
  /** int `[rows]` */
  readonly items: ArrayLike<number>;
  /** `[rows]`, within `scale`. */
  readonly ratings: ArrayLike<number>;
  /** `[rows]`, in any unit that grows with time. */
  readonly timestamps: ArrayLike<number>;
  readonly scale: RatingScale;
}

/**
 * A log of ratings, sorted by user and within a user by time.
 *
 * User u's ratings are the rows `offsets[u]` to `offsets[u + 1] - 1`, oldest first. A user rates an
 * item at most once. Nothing here is ever written to after it was made.
 */
export interface RatingLog {
  readonly userCount: number;
  readonly itemCount: number;
  /** int32 `[userCount + 1]` */
  readonly offsets: Int32Array;
  /** int32 `[rows]` */
  readonly items: Int32Array;
  /** float32 `[rows]`, within `scale`: what rounding would take off it is at its end. */
  readonly ratings: Float32Array;
  /** float64 `[rows]` */
  readonly timestamps: Float64Array;
  readonly scale: RatingScale;
}

/**
 * Sorts ratings into a {@link RatingLog}.
 *
 * Rows of equal time keep their order. Where a user rated an item more than once the latest rating
 * stays, at its own time: compare `items.length` before and after to see how many were replaced.
 *
 * @throws RangeError where a count is no integer from 0, the columns differ in length, the scale is
 * empty or infinite, an index is out of range, or a rating or a timestamp is not finite or off the
 * scale; it names the row, from 0.
 */
export function createRatingLog(columns: RatingColumns): RatingLog {
  assertColumns(columns);
  const { userCount, itemCount, items, ratings, timestamps, scale } = columns;
  const { starts, rows } = rowsByUser(columns);
  const offsets = new Int32Array(userCount + 1);
  const kept = new Int32Array(rows.length);
  const seenBy = new Int32Array(itemCount).fill(-1);
  let end = rows.length;
  // From the back: the first time that an item is met is its latest rating.
  for (let user = userCount - 1; user >= 0; user--) {
    const own = rows.subarray(starts[user], starts[user + 1]);
    own.sort((a, b) => timestamps[a]! - timestamps[b]! || a - b);
    offsets[user + 1] = end;
    for (let place = own.length - 1; place >= 0; place--) {
      const item = items[own[place]!]!;
      if (seenBy[item] === user) continue;
      seenBy[item] = user;
      kept[--end] = own[place]!;
    }
  }
  // Replaced rows left a gap at the front.
  for (let user = 0; user <= userCount; user++) offsets[user] = Math.max(0, offsets[user]! - end);
  const order = kept.subarray(end);
  const { min, max } = float32Scale(scale);
  return {
    userCount,
    itemCount,
    offsets,
    items: Int32Array.from(order, (row) => items[row]!),
    ratings: Float32Array.from(order, (row) => Math.min(max, Math.max(min, ratings[row]!))),
    timestamps: Float64Array.from(order, (row) => timestamps[row]!),
    scale,
  };
}

/** A counting sort: user u's rows are `rows[starts[u]]` to `rows[starts[u + 1] - 1]`, in their order. */
function rowsByUser({ users, userCount }: RatingColumns): { starts: Int32Array; rows: Int32Array } {
  const starts = new Int32Array(userCount + 1);
  for (let row = 0; row < users.length; row++) starts[users[row]! + 1]! += 1;
  for (let user = 0; user < userCount; user++) starts[user + 1]! += starts[user]!;
  const next = starts.slice();
  const rows = new Int32Array(users.length);
  for (let row = 0; row < users.length; row++) rows[next[users[row]!]!++] = row;
  return { starts, rows };
}

function assertColumns(columns: RatingColumns): void {
  const { users, items, ratings, timestamps, userCount, itemCount, scale } = columns;
  for (const [name, count] of Object.entries({ userCount, itemCount })) {
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new RangeError(`${name}: expected an integer from 0, got ${count}`);
    }
  }
  for (const [name, column] of Object.entries({ users, items, ratings, timestamps })) {
    if (typeof column?.length !== 'number') {
      throw new RangeError(`${name}: expected a column of numbers, got ${JSON.stringify(column)}`);
    }
    if (column.length !== users.length) {
      throw new RangeError(`${name}: expected ${users.length} rows like users, got ${column.length}`);
    }
  }
  const isScale = [scale?.min, scale?.max].every(Number.isFinite) && scale.min < scale.max;
  if (!(isScale && Number.isFinite(scale.max - scale.min))) {
    throw new RangeError(`scale: expected min below max, both finite, got ${scale?.min} to ${scale?.max}`);
  }
  const isIndex = (value: number, bound: number) => Number.isInteger(value) && value >= 0 && value < bound;
  for (let row = 0; row < users.length; row++) {
    if (!isIndex(users[row]!, userCount)) {
      throw new RangeError(`users[${row}]: expected an index below ${userCount}, got ${users[row]}`);
    }
    if (!isIndex(items[row]!, itemCount)) {
      throw new RangeError(`items[${row}]: expected an index below ${itemCount}, got ${items[row]}`);
    }
    if (!(Number.isFinite(ratings[row]) && ratings[row]! >= scale.min && ratings[row]! <= scale.max)) {
      throw new RangeError(`ratings[${row}]: expected ${scale.min} to ${scale.max}, got ${ratings[row]}`);
    }
    if (!Number.isFinite(timestamps[row])) {
      throw new RangeError(`timestamps[${row}]: expected a finite number, got ${timestamps[row]}`);
    }
  }
}
