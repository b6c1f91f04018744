import type { RatingLog } from '@rl-recsys/rating-log';
import type { LogMoments } from '@rl-recsys/simulators';

/** The rows of the log that each user's vector may know: all of a user's, then those before each moment. */
export function pastRows(
  { offsets }: RatingLog,
  { users, starts }: LogMoments,
): { readonly starts: Int32Array; readonly ends: Int32Array } {
  return {
    starts: Int32Array.from([...offsets.subarray(0, -1), ...users.map((user) => offsets[user]!)]),
    ends: Int32Array.from([...offsets.subarray(1), ...starts]),
  };
}
