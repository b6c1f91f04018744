import {
  discrete,
  ItemHistory,
  recommendationSpace,
  type Environment,
  type RecommendationObservation,
} from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { isLiked, rewardOf, type RatingLog } from '@rl-recsys/rating-log';

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

interface Session {
  readonly user: number;
  /** H, the last items that the user liked. */
  readonly history: ItemHistory;
  /** Rows of the log whose items may still be shown, oldest first. */
  left: Int32Array;
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
  const { userCount, itemCount } = log;
  let stream = random;
  let session: Session | undefined;
  return {
    observationSpace: recommendationSpace({ userCount, itemCount, historySize }),
    actionSpace: discrete(itemCount),
    reset({ seed } = {}) {
      if (seed !== undefined) stream = Random.fromSeed(seed).fork('rating-log-environment');
      const user = users[stream.integer(users.length)]!;
      const ratings = log.offsets[user + 1]! - log.offsets[user]!;
      const moment = 1 + stream.integer(ratings - minimumCandidates);
      session = startSession(log, user, moment, historySize);
      return { observation: observe(log, session), info: {} };
    },
    step(item) {
      if (session === undefined || session.left.length === 0) {
        throw new Error(`action: expected a call of reset before item ${item}, no session is running`);
      }
      const row = session.left.find((each) => log.items[each] === item);
      if (row === undefined) {
        const { user, left } = session;
        throw new RangeError(
          `action: expected one of the ${left.length} candidates of user ${user}, got ${item}`,
        );
      }
      session.left = session.left.filter((each) => each !== row);
      rememberIfLiked(session.history, log, row);
      const rating = log.ratings[row]!;
      return {
        observation: observe(log, session),
        reward: rewardOf(rating, log.scale),
        terminated: session.left.length === 0,
        truncated: false,
        info: { rating },
      };
    },
  };
}

/** The users who can start a session: one rating before it and `minimumCandidates` after. */
function usersWithRatings({ userCount, offsets }: RatingLog, minimumCandidates: number): Int32Array {
  if (!Number.isSafeInteger(minimumCandidates) || minimumCandidates < 1) {
    throw new RangeError(`minimumCandidates: expected a positive integer, got ${minimumCandidates}`);
  }
  const counts = Int32Array.from({ length: userCount }, (_, user) => offsets[user + 1]! - offsets[user]!);
  const users = Int32Array.from(counts.keys()).filter((user) => counts[user]! > minimumCandidates);
  if (users.length === 0) {
    const most = counts.reduce((max, count) => Math.max(max, count), 0);
    throw new RangeError(
      `log: expected a user with at least ${minimumCandidates + 1} ratings (minimumCandidates + 1), got ${most} at most`,
    );
  }
  return users;
}

/** The session of `user` that starts after their first `moment` ratings. */
function startSession(log: RatingLog, user: number, moment: number, historySize: number): Session {
  const [first, end] = [log.offsets[user]!, log.offsets[user + 1]!];
  const start = first + moment;
  const history = new ItemHistory(historySize);
  for (let row = first; row < start; row++) rememberIfLiked(history, log, row);
  return { user, history, left: Int32Array.from({ length: end - start }, (_, place) => start + place) };
}

function rememberIfLiked(history: ItemHistory, { items, ratings, scale }: RatingLog, row: number): void {
  const rating = ratings[row]!;
  if (isLiked(rating, scale)) history.push(items[row]!, rewardOf(rating, scale));
}

function observe(log: RatingLog, { user, history, left }: Session): RecommendationObservation {
  return { user, ...history.observe(), candidates: left.map((row) => log.items[row]!) };
}
