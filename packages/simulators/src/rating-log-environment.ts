import type { Environment, RecommendationObservation } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import { rowsOf, type RatingLog } from '@rl-recsys/rating-log';
import { playback } from './playback.js';

/** What {@link ratingLogEnvironment} plays back, and how. */
export interface RatingLogEnvironmentOptions {
  readonly log: RatingLog;
  /** n, the length of the history: DRR's H (5 in the paper). */
  readonly historySize: number;
  /** Picks users and moments until a seed is given to `reset`. */
  readonly random: Random;
  /** How many ratings must lie after the moment where a session starts (default 10, the paper's T). */
  readonly minimumCandidates?: number;
}

/**
 * A rating log played back: the sessions of DRR's Algorithm 1 (Liu et al. 2018).
 *
 * `reset` picks a user and a moment in their log, both uniformly. The history is the last n items
 * that they had liked by then; the candidates are all items that they rated from then on, since the
 * log knows no other answers. `step` shows one of them: the reward is its logged rating on the scale
 * −1 to 1, a liked item enters the history, the item leaves the candidates. A session terminates
 * when none is left; `timeLimit` cuts it off earlier. The `info` of a step is `{ rating }`.
 *
 * `step` throws where no session is running or the item is no candidate, and then changes nothing.
 *
 * @throws RangeError where a size is not a positive integer, or no user has
 * `minimumCandidates` + 1 ratings.
 */
export function ratingLogEnvironment({
  log,
  historySize,
  random,
  minimumCandidates = 10,
}: RatingLogEnvironmentOptions): Environment<RecommendationObservation, number> {
  const users = usersWithRatings(log, minimumCandidates);
  return playback({
    ...{ log, historySize, random },
    userCount: log.userCount,
    drawSession(stream) {
      const user = users[stream.integer(users.length)]!;
      const { start: first, end } = rowsOf(log, user);
      const moment = 1 + stream.integer(end - first - minimumCandidates);
      return { user, observedUser: user, start: first + moment, end };
    },
  });
}

/** The users who can start a session: one rating before it and `minimumCandidates` after. */
function usersWithRatings(log: RatingLog, minimumCandidates: number): Int32Array {
  if (!Number.isSafeInteger(minimumCandidates) || minimumCandidates < 1) {
    throw new RangeError(`minimumCandidates: expected a positive integer, got ${minimumCandidates}`);
  }
  const counts = Int32Array.from({ length: log.userCount }, (_, user) => {
    const { start, end } = rowsOf(log, user);
    return end - start;
  });
  const users = Int32Array.from(counts.keys()).filter((user) => counts[user]! > minimumCandidates);
  if (users.length === 0) {
    const most = counts.reduce((max, count) => Math.max(max, count), 0);
    throw new RangeError(
      `log: expected a user with at least ${minimumCandidates + 1} ratings (minimumCandidates + 1), got ${most} at most`,
    );
  }
  return users;
}
