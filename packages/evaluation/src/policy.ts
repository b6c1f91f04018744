import type { RecommendationObservation } from '@rl-recsys/environment';
import type { Fingerprint } from '@rl-recsys/rating-log';

/** Whatever can rank items for a user: a baseline, a factorization or a trained agent. */
export interface Policy {
  /** What tables and errors call it. */
  readonly name: string;
  /**
   * Which interactions its parts were fitted on (`fingerprintOf`): protocols refuse to test it on them.
   * Leave it out where nothing was fitted on interactions.
   */
  readonly fittedOn?: readonly Fingerprint[];
  /**
   * Writes to `scores[i]` how much `observation`'s user should be shown `items[i]`; higher is better.
   *
   * Every score is to be written, and none as NaN. They are float32: scores that differ by less than
   * that can hold are equal.
   *
   * @param observation - the user, their history and the items that may be shown.
   * @param items - int32 `[items]`: what to score.
   * @param scores - float32 `[items]`: where to write; lent for this call only.
   */
  score(observation: RecommendationObservation, items: Int32Array, scores: Float32Array): void;
  /**
   * {@link Policy.score} for several users at once. Leave it out where that is no less work: protocols then
   * ask about one user after another.
   *
   * @param observations - as many different users.
   * @param items - for each user, as `score` takes them.
   * @param scores - for each user, as `score` takes them.
   */
  scoreBatch?(
    observations: readonly RecommendationObservation[],
    items: readonly Int32Array[],
    scores: readonly Float32Array[],
  ): void;
}

/**
 * A policy that scores each item by itself, such as a matrix factorization: it looks at the user's
 * index, but not at the history.
 *
 * @param options - `fittedOn`: which interactions `scoreOf` was fitted on (default none).
 */
export function scoredBy(
  name: string,
  scoreOf: (user: number, item: number) => number,
  { fittedOn = [] }: Pick<Policy, 'fittedOn'> = {},
): Policy {
  return {
    name,
    fittedOn,
    score({ user }, items, scores) {
      for (let place = 0; place < items.length; place++) scores[place] = scoreOf(user, items[place]!);
    },
  };
}
