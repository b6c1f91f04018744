import type { RatingLog } from './rating-log.js';

/** Two parts of one log, over the same user and item indices. */
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
  if (!(testShare > 0 && testShare < 1)) {
    throw new RangeError(`testShare: expected a share above 0 and below 1, got ${testShare}`);
  }
  const cuts = Int32Array.from({ length: log.userCount }, (_, user) => {
    const count = log.offsets[user + 1]! - log.offsets[user]!;
    // Rounded first, because in floating point 10 · (1 − 0.9) falls just short of 1.
    return log.offsets[user]! + Math.floor(Number(((1 - testShare) * count).toFixed(9)));
  });
  return {
    train: takeRows(log, (user) => [log.offsets[user]!, cuts[user]!]),
    test: takeRows(log, (user) => [cuts[user]!, log.offsets[user + 1]!]),
  };
}

/** The log of the rows from `start` to `end - 1` of each user. */
function takeRows(log: RatingLog, range: (user: number) => [start: number, end: number]): RatingLog {
  const offsets = new Int32Array(log.userCount + 1);
  for (let user = 0; user < log.userCount; user++) {
    const [start, end] = range(user);
    offsets[user + 1] = offsets[user]! + end - start;
  }
  const rows = offsets[log.userCount]!;
  const items = new Int32Array(rows);
  const ratings = new Float32Array(rows);
  const timestamps = new Float64Array(rows);
  for (let user = 0; user < log.userCount; user++) {
    const [start, end] = range(user);
    items.set(log.items.subarray(start, end), offsets[user]);
    ratings.set(log.ratings.subarray(start, end), offsets[user]);
    timestamps.set(log.timestamps.subarray(start, end), offsets[user]);
  }
  return { ...log, offsets, items, ratings, timestamps };
}
