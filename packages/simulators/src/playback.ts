import {
  discrete,
  ItemHistory,
  recommendationSpace,
  type Environment,
  type RecommendationObservation,
} from '@rl-recsys/environment';
import { Random, savedArray, savedCount, savedRecord, type SavedState } from '@rl-recsys/random';
import { rewardOf, rowsOf, type RatingLog } from '@rl-recsys/rating-log';
import { likedBefore, rememberIfLiked } from './liked-items.js';

/** A stretch of one user's ratings, whose items may be shown. */
export interface LoggedSession {
  readonly user: number;
  /** What the observation says who they are. */
  readonly observedUser: number;
  /** Rows of the log, from `start` to `end - 1`. */
  readonly start: number;
  readonly end: number;
}

export interface PlaybackOptions {
  readonly log: RatingLog;
  readonly historySize: number;
  /** How many users observations can tell apart. */
  readonly userCount: number;
  /** Used until a seed is given to `reset`. */
  readonly random: Random;
  readonly drawSession: (random: Random) => LoggedSession;
}

interface Running {
  readonly session: LoggedSession;
  readonly history: ItemHistory;
  left: Int32Array;
}

/** Sessions of a log played back: an item's logged rating is the answer to showing it. */
export function playback({
  log,
  historySize,
  userCount,
  random,
  drawSession,
}: PlaybackOptions): Environment<RecommendationObservation, number> {
  const { itemCount } = log;
  let stream = random;
  /** The session, its H, and the rows of the log whose items may still be shown, oldest first. */
  let running: Running | undefined;

  const observe = ({ session, history, left }: Running): RecommendationObservation => ({
    user: session.observedUser,
    ...history.observe(),
    candidates: left.map((row) => log.items[row]!),
  });

  return {
    observationSpace: recommendationSpace({ userCount, itemCount, historySize }),
    actionSpace: discrete(itemCount),
    reset({ seed } = {}) {
      if (seed !== undefined) stream = Random.fromSeed(seed).fork('rating-log-environment');
      const session = drawSession(stream);
      const { user, start, end } = session;
      const history = likedBefore(log, user, start - rowsOf(log, user).start, historySize);
      running = {
        session,
        history,
        left: Int32Array.from({ length: end - start }, (_, place) => start + place),
      };
      return { observation: observe(running), info: {} };
    },
    step(item) {
      if (running === undefined || running.left.length === 0) {
        throw new Error(`action: expected a call of reset before item ${item}, no session is running`);
      }
      const row = running.left.find((each) => log.items[each] === item);
      if (row === undefined) {
        const { session, left } = running;
        throw new RangeError(
          `action: expected one of the ${left.length} candidates of user ${session.user}, got ${item}`,
        );
      }
      running.left = running.left.filter((each) => each !== row);
      const rating = log.ratings[row]!;
      rememberIfLiked(running.history, log, item, rating);
      return {
        observation: observe(running),
        reward: rewardOf(rating, log.scale),
        terminated: running.left.length === 0,
        truncated: false,
        info: { rating },
      };
    },
    state: () => ({ random: stream.state(), session: running ? savedSession(running) : null }),
    restore(saved) {
      const { random: place, session } = savedRecord(saved, 'state', ['random', 'session']);
      const restored = session === null ? undefined : runningFrom(session);
      stream = Random.fromState(place);
      running = restored;
    },
  };

  function runningFrom(saved: SavedState): Running {
    const { user, observedUser, start, end, history, left } = savedRecord(saved, 'session', [
      'user',
      'observedUser',
      'start',
      'end',
      'history',
      'left',
    ]);
    const restored = {
      session: {
        user: savedCount(user, 'user', log.userCount - 1),
        observedUser: savedCount(observedUser, 'observedUser', userCount - 1),
        start: savedCount(start, 'start', log.items.length),
        end: savedCount(end, 'end', log.items.length),
      },
      history: new ItemHistory(historySize),
      left: savedArray(left, 'left', Int32Array),
    };
    if (!restored.left.every((row) => row >= 0 && row < log.items.length))
      throw new RangeError(`left: expected rows of the log, below ${log.items.length}, got others`);
    restored.history.restore(history);
    return restored;
  }
}

function savedSession({ session, history, left }: Running): SavedState {
  const { user, observedUser, start, end } = session;
  return { user, observedUser, start, end, history: history.state(), left: left.slice() };
}
