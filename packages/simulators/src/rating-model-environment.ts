import {
  discrete,
  ItemHistory,
  recommendationSpace,
  type Environment,
  type RecommendationObservation,
} from '@rl-recsys/environment';
import { Random, savedCount, savedRecord, type SavedState } from '@rl-recsys/random';
import { rewardOf, rowsOf, type RatingLog, type RatingScale } from '@rl-recsys/rating-log';
import { CandidateItems } from './candidate-items.js';
import { likedBefore, rememberIfLiked } from './liked-items.js';

/** What {@link ratingModelEnvironment} answers from. */
export interface RatingModelEnvironmentOptions {
  readonly log: RatingLog;
  /**
   * What a user would rate an item that they have not rated, in the log's units; it is clipped to the
   * log's scale. In DRR it is the prediction of probabilistic matrix factorization.
   */
  readonly predict: (user: number, item: number) => number;
  /** n, the length of the history: DRR's H (5 in the paper). */
  readonly historySize: number;
  /** Picks users and moments until a seed is given to `reset`. */
  readonly random: Random;
}

interface Session {
  readonly user: number;
  /** H, the last items that the user liked. */
  readonly history: ItemHistory;
  readonly candidates: CandidateItems;
}

/**
 * A user who answers for every item: with their logged rating where there is one, else with a model's
 * prediction. DRR's simulator (Liu et al. 2018, Algorithm 3).
 *
 * `reset` picks a user with a rating and a moment in their log, both uniformly. The history is the last n items
 * that they had liked by then; what they rated by then is past, and all other items are candidates. `step`
 * shows one of them: the reward is its rating on the scale −1 to 1, a liked item enters the history, the
 * item leaves the candidates. A session terminates when none is left; put it into `timeLimit` for the
 * paper's T. The `info` of a step is `{ rating, logged }`: whether the rating is the user's own.
 *
 * An agent may learn the model's mistakes here, so that a model that was fitted on other ratings should judge it.
 *
 * `step` throws where no session is running, the item is no candidate or the prediction is not finite, and
 * then changes nothing.
 *
 * @throws RangeError where `historySize` is not a positive integer, there are fewer than two items, or the log
 * holds no rating.
 */
export function ratingModelEnvironment({
  log,
  predict,
  historySize,
  random,
}: RatingModelEnvironmentOptions): Environment<RecommendationObservation, number> {
  const { userCount, itemCount } = log;
  if (itemCount < 2) throw new RangeError(`log: expected two items at least, got ${itemCount}`);
  if (log.items.length === 0) throw new RangeError('log: expected one rating at least, got none');
  const users = Int32Array.from({ length: userCount }, (_, user) => user).filter((user) => {
    const { start, end } = rowsOf(log, user);
    return end > start;
  });
  let stream = random;
  let session: Session | undefined;
  return {
    observationSpace: recommendationSpace({ userCount, itemCount, historySize }),
    actionSpace: discrete(itemCount),
    reset({ seed } = {}) {
      if (seed !== undefined) stream = Random.fromSeed(seed).fork('rating-model-environment');
      const user = users[stream.integer(users.length)]!;
      const { start, end } = rowsOf(log, user);
      // A candidate must be left for who rated all items.
      const moment = 1 + stream.integer(Math.min(end - start, itemCount - 1));
      const candidates = new CandidateItems(itemCount);
      for (let row = start; row < start + moment; row++) candidates.remove(log.items[row]!);
      session = { user, history: likedBefore(log, user, moment, historySize), candidates };
      return { observation: observe(session), info: {} };
    },
    step(item) {
      if (session === undefined || session.candidates.size === 0) {
        throw new Error(`action: expected a call of reset before item ${item}, no session is running`);
      }
      const { user, history, candidates } = session;
      if (!candidates.has(item)) {
        throw new RangeError(
          `action: expected one of the ${candidates.size} candidates of user ${user}, got ${item}`,
        );
      }
      const own = loggedRating(log, user, item);
      const rating = own ?? predictedRating(predict, user, item, log.scale);
      candidates.remove(item);
      rememberIfLiked(history, log, item, rating);
      return {
        observation: observe(session),
        reward: rewardOf(rating, log.scale),
        terminated: candidates.size === 0,
        truncated: false,
        info: { rating, logged: own !== undefined },
      };
    },
    state: () => ({ random: stream.state(), session: session ? savedSession(session) : null }),
    restore(saved) {
      const { random: place, session: played } = savedRecord(saved, 'state', ['random', 'session']);
      const restored = played === null ? undefined : sessionFrom(played);
      stream = Random.fromState(place);
      session = restored;
    },
  };

  function sessionFrom(saved: SavedState): Session {
    const { user, history, candidates } = savedRecord(saved, 'session', ['user', 'history', 'candidates']);
    const restored = {
      user: savedCount(user, 'user', userCount - 1),
      history: new ItemHistory(historySize),
      candidates: new CandidateItems(itemCount),
    };
    restored.history.restore(history);
    restored.candidates.restore(candidates);
    return restored;
  }
}

function savedSession({ user, history, candidates }: Session): SavedState {
  return { user, history: history.state(), candidates: candidates.state() };
}

function loggedRating(log: RatingLog, user: number, item: number): number | undefined {
  const { start, end } = rowsOf(log, user);
  const place = log.items.subarray(start, end).indexOf(item);
  return place < 0 ? undefined : log.ratings[start + place];
}

function predictedRating(
  predict: RatingModelEnvironmentOptions['predict'],
  user: number,
  item: number,
  { min, max }: RatingScale,
): number {
  const rating = predict(user, item);
  if (!Number.isFinite(rating)) {
    throw new RangeError(`predict: expected a finite rating of user ${user} for item ${item}, got ${rating}`);
  }
  return Math.min(Math.max(rating, min), max);
}

function observe({ user, history, candidates }: Session): RecommendationObservation {
  return { user, ...history.observe(), candidates: candidates.copy() };
}
