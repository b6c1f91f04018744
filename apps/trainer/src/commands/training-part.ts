import { isLiked, rowsOf, type RatingLog, type TimeSplit } from '@rl-recsys/rating-log';
import { ratingsToLeave } from '../scenarios/hold-out.js';

/**
 * Refuses a log of which too little is left to learn from when what is tested on is held out.
 *
 * @param fewest - how many ratings some user must have left.
 * @throws Error where nobody has as many; it says how many of the log that is.
 */
export function assertEnoughRatings(log: RatingLog, { train }: TimeSplit, fewest: number): void {
  if (mostRatings(train) >= fewest) return;
  throw new Error(
    `log: expected a user with ${ratingsToLeave(fewest)} ratings or more, of which ${fewest} are to learn from and the newest to test on, got ${mostRatings(log)} at most`,
  );
}

/** What to say of a training part in which nothing is liked; undefined where something is. */
export function withoutLikes({ train: { ratings, scale } }: TimeSplit): string | undefined {
  if (ratings.some((rating) => isLiked(rating, scale))) return undefined;
  return `nothing to learn from is liked, three quarters up the scale from ${scale.min} to ${scale.max}: nothing is learned of what is liked together`;
}

function mostRatings(log: RatingLog): number {
  let most = 0;
  for (let user = 0; user < log.userCount; user++) {
    const { start, end } = rowsOf(log, user);
    most = Math.max(most, end - start);
  }
  return most;
}
