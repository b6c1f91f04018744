import type { Environment, RecommendationObservation } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import { rowsOf, type RatingLog } from '@rl-recsys/rating-log';
import { playback } from './playback.js';
import { assertPositiveIntegers } from './positive-integers.js';

/**
 * Moments in users' logs at which sessions start. What a user is like at a moment follows from the ratings
 * before it alone: rows `offsets[user]` to `start - 1` of the log.
 */
export interface LogMoments {
  /** int32 `[moments]` */
  readonly users: Int32Array;
  /** int32 `[moments]`: the first row of the log that a session may show. */
  readonly starts: Int32Array;
  /** int32 `[moments]`: the row after the last that it may show. */
  readonly ends: Int32Array;
}

export interface LogMomentsOptions {
  /** How many moments of each user are drawn; equal ones count once (default 8, our choice). */
  readonly perUser?: number;
  readonly random: Random;
}

/** Whose log is shorter has no moment with something on both sides. */
const LEAST_RATINGS = 4;

/**
 * Draws moments of each user with four ratings or more, uniform from where ten ratings or three tenths of all
 * came before to where five are left; in short logs from their middle. These numbers are our choice.
 *
 * A session may show the next ratings, a quarter as many as came before but ten at least: the near future,
 * which is what the moment's vector is to predict.
 *
 * @throws RangeError where `perUser` is not a positive integer, or no user has four ratings.
 */
export function drawLogMoments(log: RatingLog, { perUser = 8, random }: LogMomentsOptions): LogMoments {
  assertPositiveIntegers({ perUser });
  const moments: Array<{ user: number; start: number; end: number }> = [];
  for (let user = 0; user < log.userCount; user++) {
    const { start: first, end: last } = rowsOf(log, user);
    const count = last - first;
    if (count < LEAST_RATINGS) continue;
    const earliest = Math.min(Math.max(10, Math.floor(0.3 * count)), Math.floor(count / 2));
    const latest = Math.max(earliest, count - 5);
    const drawn = Array.from({ length: perUser }, () => earliest + random.integer(latest - earliest + 1));
    for (const before of new Set(drawn.sort((a, b) => a - b))) {
      const start = first + before;
      moments.push({ user, start, end: Math.min(last, start + Math.max(10, Math.floor(before / 4))) });
    }
  }
  if (moments.length === 0) {
    throw new RangeError(`log: expected a user with at least ${LEAST_RATINGS} ratings, got none`);
  }
  return {
    users: Int32Array.from(moments, ({ user }) => user),
    starts: Int32Array.from(moments, ({ start }) => start),
    ends: Int32Array.from(moments, ({ end }) => end),
  };
}

export interface LogMomentsEnvironmentOptions {
  readonly log: RatingLog;
  readonly moments: LogMoments;
  /** n, the length of the history. */
  readonly historySize: number;
  /** Picks moments until a seed is given to `reset`. */
  readonly random: Random;
}

/**
 * A rating log played back from given moments, as `ratingLogEnvironment` does it otherwise.
 *
 * Observations tell moments apart, not users: their `user` is the log's `userCount` plus the moment's index.
 * So an agent can have a vector for each user as they were at each moment, beside those of the users today.
 *
 * @throws RangeError where `historySize` is not a positive integer.
 */
export function logMomentsEnvironment({
  log,
  moments: { users, starts, ends },
  historySize,
  random,
}: LogMomentsEnvironmentOptions): Environment<RecommendationObservation, number> {
  return playback({
    ...{ log, historySize, random },
    userCount: log.userCount + users.length,
    drawSession(stream) {
      const moment = stream.integer(users.length);
      const [start, end] = [starts[moment]!, ends[moment]!];
      return { user: users[moment]!, observedUser: log.userCount + moment, start, end };
    },
  });
}
