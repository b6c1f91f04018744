import type { IdMap, RatingLog } from '@rl-recsys/rating-log';

/** Ratings as dense indices, with the way back to the ids of the file. */
export interface Dataset {
  /** What it is called, such as `ml-100k`. */
  readonly name: string;
  readonly log: RatingLog;
  /** The users' ids, in the order in which they first appear in the file. */
  readonly users: IdMap;
  /** The items' ids, in the order in which they first appear in the file. */
  readonly items: IdMap;
  /** Titles by item index; items without a known title are missing. */
  readonly titles: ReadonlyMap<number, string>;
  /** Categories by item index, such as genres; items without a known one are missing. */
  readonly categories: ReadonlyMap<number, readonly string[]>;
  /** How many ratings were superseded by a later one of the same user and item. */
  readonly replaced: number;
}
