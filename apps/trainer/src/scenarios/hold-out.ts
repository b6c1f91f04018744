import { splitByTime, type RatingLog, type TimeSplit } from '@rl-recsys/rating-log';

/** Holds out the newest fifth of each user's ratings. */
export function holdOutNewest(log: RatingLog): TimeSplit {
  const { train, test } = splitByTime(log);
  return { train, test };
}

/** How many ratings a user must have for so many to be left when the newest fifth is held out. */
export function ratingsToLeave(left: number): number {
  return Math.ceil(1.25 * left);
}
