import type { RecommendationObservation } from '@rl-recsys/environment';
import type { RatingLog } from '@rl-recsys/rating-log';
import { likedHistory } from '../liked-history.js';

/** Items that are asked about at most: enough to tell policies apart. */
const MOST_ITEMS = 500;

/** What protocols ask a policy: whom, and to score what. */
export interface Question {
  readonly observation: RecommendationObservation;
  /** int32 `[items]` */
  readonly items: Int32Array;
}

/** A question about each of the first users of a log: what of the catalogue to show them, by what they liked last. */
export function questionsOf(log: RatingLog, users: number, historySize: number): Question[] {
  const items = Int32Array.from({ length: Math.min(log.itemCount, MOST_ITEMS) }, (_, item) => item);
  return Array.from({ length: Math.min(users, log.userCount) }, (_, user) => ({
    observation: { user, ...likedHistory(log, user, historySize).observe(), candidates: items.slice() },
    items,
  }));
}

/** A copy, so that whoever is asked may keep or change what it is given. */
export function copyOf({ observation, items }: Question): Question {
  const { user, history, rewards, candidates } = observation;
  return {
    observation: { user, history: history.slice(), rewards: rewards.slice(), candidates: candidates.slice() },
    items: items.slice(),
  };
}
