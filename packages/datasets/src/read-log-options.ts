import type { RatingScale } from '@rl-recsys/rating-log';
import type { ItemSource } from './item-metadata.js';
import type { FileOptions } from './log-file.js';
import type { Duplicates } from './log-of-blocks.js';

/** How a count becomes a rating. */
export type Counts = 'log' | 'median';

const counts: readonly Counts[] = ['log', 'median'];

/** Columns by name, and what cannot be seen from the files. One of rating, event, click and pairs is given at most. */
export interface ReadLogOptions extends FileOptions {
  /** The column of the users' ids. */
  readonly user: string;
  /** The column of the items' ids. */
  readonly item: string;
  /**
   * The column of the times: numbers of any unit that grows with time, ISO 8601 or RFC 2822 dates (UTC where they name no
   * zone), or a column of times (default: `timestamp` if the first file has such a column; if not, rows are in the
   * order of time).
   */
  readonly time?: string;
  /**
   * The column of ratings (default: `rating`; or where the first file has columns of users, items and times alone, as if
   * `pairs` were given).
   */
  readonly rating?: string;
  /** What somebody can rate (default: the smallest to the largest rating of the files, unless they look like counts). */
  readonly scale?: RatingScale;
  /**
   * Ratings are counts, such as how often somebody has played a song: `log` makes ln(1 + count) of them, on a scale from
   * 0 to the largest; `median` makes 1 of those above the median of their user's counts, and 0 of the others.
   */
  readonly counts?: Counts;
  /**
   * Whether a rating of 0 is none, but says that the user has met the item, as in Book-Crossing (default false). It
   * becomes the least rating that counts as a like on the scale of the others.
   */
  readonly zeroIsImplicit?: boolean;
  /** Whether there is no rating: each row is a user who likes an item, 1 on a scale from 0 to 1 (default false). */
  readonly pairs?: boolean;
  /** The column of event names, of which `weights` makes ratings. */
  readonly event?: string;
  /**
   * What each event is worth, from 0, such as `{ view: 1, cart: 3, purchase: 5 }`. Events of weight 0 are dropped,
   * those without a weight are bad rows. The scale goes from 0, nothing happened, to the largest weight.
   */
  readonly weights?: Readonly<Record<string, number>>;
  /** The column of clicks: 0 or 1, or false or true. */
  readonly click?: string;
  /** Which of several rows of a user and an item stays (default: `highest` of events, else `latest`). */
  readonly duplicates?: Duplicates;
  /** Users with fewer ratings are dropped, and items likewise, until none is left to drop (default 1). */
  readonly minimumPerUser?: number;
  readonly minimumPerItem?: number;
  /** Titles and categories of items. */
  readonly items?: ItemSource;
  /** How many rows, those of `items` included, may be bad before reading fails (default 0). */
  readonly maxBadRows?: number;
}

/** @throws RangeError where options contradict each other or cannot be; those of text are not looked at. */
export function assertReadLogOptions(options: ReadLogOptions): void {
  const { rating, event, weights, click, pairs = false, zeroIsImplicit = false, scale } = options;
  const kinds = [rating, event, click, pairs ? 'pairs' : undefined].filter((each) => each !== undefined);
  if (kinds.length > 1)
    throw new RangeError(`options: expected one of rating, event, click and pairs, got ${kinds.length}`);
  if ((event === undefined) !== (weights === undefined))
    throw new RangeError('weights: expected with event, and only there');
  if (weights !== undefined) assertWeights(weights);
  const hasRatings = event === undefined && click === undefined && !pairs;
  if (scale !== undefined && !(hasRatings && isScale(scale))) {
    throw new RangeError(
      `scale: expected with rating, min below max, both finite, got ${scale.min} to ${scale.max}`,
    );
  }
  if (zeroIsImplicit && !hasRatings)
    throw new RangeError('zeroIsImplicit: expected with rating, and only there');
  assertCounts(options, hasRatings);
  assertRules(options);
}

function isScale({ min, max }: RatingScale): boolean {
  return [min, max].every(Number.isFinite) && min < max && Number.isFinite(max - min);
}

function assertWeights(weights: Readonly<Record<string, number>>): void {
  const worth = Object.values(weights);
  const isSound = worth.every((weight) => Number.isFinite(weight) && weight >= 0);
  if (isSound && worth.some((weight) => weight > 0)) return;
  throw new RangeError(`weights: expected numbers from 0, one above it, got ${JSON.stringify(weights)}`);
}

function assertCounts({ counts: given, scale, zeroIsImplicit }: ReadLogOptions, hasRatings: boolean): void {
  if (given === undefined) return;
  if (!counts.includes(given))
    throw new RangeError(`counts: expected ${counts.join(' or ')}, got ${String(given)}`);
  if (!hasRatings) throw new RangeError('counts: expected with rating, and only there');
  if (scale !== undefined)
    throw new RangeError('counts: expected without scale, which follows from the counts');
  if (zeroIsImplicit === true)
    throw new RangeError('counts: expected without zeroIsImplicit, for a count of 0 is one');
}

function assertRules({ maxBadRows = 0, duplicates = 'latest' }: ReadLogOptions): void {
  if (!(maxBadRows >= 0 && (maxBadRows === Infinity || Number.isSafeInteger(maxBadRows))))
    throw new RangeError(`maxBadRows: expected an integer from 0, got ${maxBadRows}`);
  if (!['latest', 'first', 'highest'].includes(duplicates))
    throw new RangeError(`duplicates: expected latest, first or highest, got ${duplicates}`);
}
