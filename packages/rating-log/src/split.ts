import type { RatingLog } from './rating-log.js';
import { rowsOf } from './rows-of.js';
import { takeRows } from './take-rows.js';

/** Two parts of one log, over the same user and item indices. Each row of it is in one of them. */
export interface TimeSplit {
  readonly train: RatingLog;
  readonly test: RatingLog;
}

/**
 * Splits each user's ratings by time: the oldest floor((1 − testShare) · n) are for training, the
 * rest is held out.
 *
 * @param testShare - the share to hold out, above 0 and below 1 (default 0.2).
 * @throws RangeError where `testShare` is anything else.
 */
export function splitByTime(log: RatingLog, { testShare = 0.2 }: { testShare?: number } = {}): TimeSplit {
  assertShare(testShare);
  return splitUsers(log, (start, end) => start + trainCount(end - start, testShare));
}

/**
 * Splits a log at one time for all users: what is from before is for training, what is from then or
 * later is held out. Nobody's test then lies before anybody's training. Users and items that come
 * later have nothing to train on.
 *
 * @param at - `time`: in the unit of the log's timestamps; or `testShare`: the share of all rows to hold
 * out, above 0 and below 1. The time is then that of row floor((1 − testShare) · n) of all n rows in the
 * order of time. Rows of equal time are never torn apart, so that more than the share is held out where
 * several have that time; where all have it, everything is.
 * @throws RangeError where `time` is not finite or `testShare` is no such share.
 */
export function splitAtTime(log: RatingLog, at: { time: number } | { testShare: number }): TimeSplit {
  const time = 'time' in at ? at.time : timeOf(log, at.testShare);
  if (!Number.isFinite(time)) throw new RangeError(`time: expected a finite number, got ${time}`);
  return splitUsers(log, (start, end) => firstFrom(log.timestamps, time, start, end));
}

/**
 * Holds out each user's newest rating ("leave one out"); of several at that time it is the one that came
 * last in the file. A user's only rating stays in training.
 */
export function splitLeaveLastOut(log: RatingLog): TimeSplit {
  return splitUsers(log, (start, end) => (end - start < 2 ? end : end - 1));
}

/** What {@link splitAtRandom} needs. */
export interface RandomSplitOptions {
  /** The share to hold out, above 0 and below 1 (default 0.2). */
  readonly testShare?: number;
  /** Draws from [0, 1), once a row, such as a `Random` of `@rl-recsys/random`. */
  readonly random: { uniform(): number };
}

/**
 * Splits each user's ratings at random: floor((1 − testShare) · n) of them are for training, any of them
 * with the same chance. For logs without times; where there are times, it lets a model look into the
 * future. Both parts keep the order.
 *
 * @throws RangeError where `testShare` is no share above 0 and below 1.
 */
export function splitAtRandom(log: RatingLog, { testShare = 0.2, random }: RandomSplitOptions): TimeSplit {
  assertShare(testShare);
  const isTest = new Uint8Array(log.items.length);
  for (let user = 0; user < log.userCount; user++) {
    const { start, end } = rowsOf(log, user);
    let needed = end - start - trainCount(end - start, testShare);
    // Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S).
    for (let row = start; row < end; row++) {
      if (random.uniform() * (end - row) >= needed) continue;
      isTest[row] = 1;
      needed -= 1;
    }
  }
  return parts(log, isTest);
}

/** Holds out what is from `cut` on among a user's rows from `start` to `end - 1`. */
function splitUsers(log: RatingLog, cut: (start: number, end: number) => number): TimeSplit {
  const isTest = new Uint8Array(log.items.length);
  for (let user = 0; user < log.userCount; user++) {
    const { start, end } = rowsOf(log, user);
    isTest.fill(1, cut(start, end), end);
  }
  return parts(log, isTest);
}

function parts(log: RatingLog, isTest: Uint8Array): TimeSplit {
  return { train: takeRows(log, isTest, 0), test: takeRows(log, isTest, 1) };
}

/** Rounded first, because in floating point 10 · (1 − 0.9) falls just short of 1. */
function trainCount(count: number, testShare: number): number {
  return Math.floor(Number(((1 - testShare) * count).toFixed(9)));
}

function timeOf({ timestamps }: RatingLog, testShare: number): number {
  assertShare(testShare);
  if (timestamps.length === 0) return 0;
  return timestamps.slice().sort()[trainCount(timestamps.length, testShare)]!;
}

/** The first of the rows `start` to `end - 1`, which are in the order of time, from `time` on; else `end`. */
function firstFrom(timestamps: Float64Array, time: number, start: number, end: number): number {
  while (start < end) {
    const middle = (start + end) >>> 1;
    if (timestamps[middle]! < time) start = middle + 1;
    else end = middle;
  }
  return start;
}

function assertShare(testShare: number): void {
  if (!(testShare > 0 && testShare < 1)) {
    throw new RangeError(`testShare: expected a share above 0 and below 1, got ${testShare}`);
  }
}
