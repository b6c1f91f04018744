import { splitByTime, type RatingLog, type TimeSplit } from '@rl-recsys/rating-log';

/** Holds out the newest fifth of each user's ratings. */
export function holdOutNewest(log: RatingLog): TimeSplit {
  const { train, test } = splitByTime(log);
  return { train, test };
}
