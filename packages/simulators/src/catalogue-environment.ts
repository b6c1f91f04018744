import {
  discrete,
  ItemHistory,
  recommendationSpace,
  type Environment,
  type RecommendationObservation,
} from '@rl-recsys/environment';
import { Random, savedArray, savedCount, savedFlag, savedRecord, type SavedState } from '@rl-recsys/random';
import { isLiked, rewardOf, rowsOf, type RatingLog } from '@rl-recsys/rating-log';
import { CandidateItems } from './candidate-items.js';
import { likedBefore, rememberIfLiked } from './liked-items.js';
import type { LogMoments } from './log-moments.js';
import { assertPositiveIntegers } from './positive-integers.js';

export interface CatalogueEnvironmentOptions {
  readonly log: RatingLog;
  /** Where sessions start, and up to where the log knows what was liked. */
  readonly moments: LogMoments;
  /** n, the length of the history. */
  readonly historySize: number;
  /**
   * The share of sessions that offer no more than what the user went on to rate, from 0 to 1 (default 0.5, our
   * choice): there it is ratings that matter, and not what the user would come across.
   */
  readonly ratedShare?: number;
  /** Picks moments until a seed is given to `reset`. */
  readonly random: Random;
}

/** A session that is running. */
interface Session {
  readonly moment: number;
  readonly offersCatalogue: boolean;
  readonly history: ItemHistory;
  readonly candidates: CandidateItems | Set<number>;
}

/**
 * Sessions with a log's users over the whole catalogue, from given moments: whatever the user had not rated by then may be
 * shown. It earns 1 where the user went on to like it, and nothing where they disliked it or never rated it. That is what a
 * recommender of the catalogue meets: most of what it can show was never rated.
 *
 * The other sessions offer only what the user went on to rate, and earn the rating, from −1 to 1.
 *
 * An observation's `user` is the moment's index: what a user is like then follows from the rows before it alone.
 *
 * @throws RangeError where `historySize` is not a positive integer or `ratedShare` outside 0 to 1.
 */
export function catalogueEnvironment({
  log,
  moments,
  historySize,
  ratedShare = 0.5,
  random,
}: CatalogueEnvironmentOptions): Environment<RecommendationObservation, number> {
  assertPositiveIntegers({ historySize });
  if (!(ratedShare >= 0 && ratedShare <= 1)) {
    throw new RangeError(`ratedShare: expected a share from 0 to 1, got ${ratedShare}`);
  }
  const { itemCount } = log;
  let stream = random;
  let running: Session | undefined;

  const observe = ({ moment, history, candidates }: Session): RecommendationObservation => ({
    user: moment,
    ...history.observe(),
    candidates: candidates instanceof Set ? Int32Array.from(candidates) : candidates.copy(),
  });

  return {
    observationSpace: recommendationSpace({ userCount: moments.users.length, itemCount, historySize }),
    actionSpace: discrete(itemCount),
    reset({ seed } = {}) {
      if (seed !== undefined) stream = Random.fromSeed(seed).fork('catalogue-environment');
      const moment = stream.integer(moments.users.length);
      const offersCatalogue = stream.uniform() >= ratedShare;
      const [user, start, end] = [moments.users[moment]!, moments.starts[moment]!, moments.ends[moment]!];
      const first = rowsOf(log, user).start;
      running = {
        ...{ moment, offersCatalogue },
        history: likedBefore(log, user, start - first, historySize),
        candidates: offersCatalogue
          ? unrated(itemCount, log.items.subarray(first, start))
          : new Set(log.items.subarray(start, end)),
      };
      return { observation: observe(running), info: {} };
    },
    step(item) {
      const session = running;
      if (!session || session.candidates.size === 0) {
        throw new Error(`action: expected a call of reset before item ${item}, no session is running`);
      }
      const { candidates, moment, history, offersCatalogue } = session;
      if (!candidates.has(item)) {
        throw new RangeError(
          `action: expected one of the ${candidates.size} candidates of moment ${moment}, got ${item}`,
        );
      }
      if (candidates instanceof Set) candidates.delete(item);
      else candidates.remove(item);
      const row = log.items.subarray(moments.starts[moment], moments.ends[moment]).indexOf(item);
      const rating = row < 0 ? undefined : log.ratings[moments.starts[moment]! + row]!;
      if (rating !== undefined) rememberIfLiked(history, log, item, rating);
      return {
        observation: observe(session),
        reward: offersCatalogue ? likeOf(rating, log) : rewardOf(rating!, log.scale),
        terminated: candidates.size === 0,
        truncated: false,
        info: rating === undefined ? {} : { rating },
      };
    },
    state: () => ({ random: stream.state(), session: running ? savedSession(running) : null }),
    restore(saved) {
      const { random: place, session } = savedRecord(saved, 'state', ['random', 'session']);
      const restored = session === null ? undefined : sessionFrom(session);
      stream = Random.fromState(place);
      running = restored;
    },
  };

  function sessionFrom(saved: SavedState): Session {
    const { moment, offersCatalogue, history, candidates } = savedRecord(saved, 'session', [
      'moment',
      'offersCatalogue',
      'history',
      'candidates',
    ]);
    const restored = {
      moment: savedCount(moment, 'moment', moments.users.length - 1),
      offersCatalogue: savedFlag(offersCatalogue, 'offersCatalogue'),
      history: new ItemHistory(historySize),
    };
    restored.history.restore(history);
    if (!restored.offersCatalogue)
      return { ...restored, candidates: new Set(savedArray(candidates, 'candidates', Int32Array)) };
    const left = new CandidateItems(itemCount);
    left.restore(candidates);
    return { ...restored, candidates: left };
  }
}

function savedSession({ moment, offersCatalogue, history, candidates }: Session): SavedState {
  const left = candidates instanceof Set ? Int32Array.from(candidates) : candidates.state();
  return { moment, offersCatalogue, history: history.state(), candidates: left };
}

function unrated(itemCount: number, rated: Int32Array): CandidateItems {
  const candidates = new CandidateItems(itemCount);
  for (const item of rated) candidates.remove(item);
  return candidates;
}

function likeOf(rating: number | undefined, { scale }: RatingLog): number {
  return rating !== undefined && isLiked(rating, scale) ? 1 : 0;
}
