import type { RecommendationObservation } from '@rl-recsys/environment';

/** Whatever can rank items for a user: a baseline, a factorisation or a trained agent. */
export interface Policy {
  /** What tables and errors call it. */
  readonly name: string;
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
}

/**
 * A policy that scores each item by itself, such as a matrix factorisation: it looks at the user's
 * index, but not at the history.
 */
export function scoredBy(name: string, scoreOf: (user: number, item: number) => number): Policy {
  return {
    name,
    score({ user }, items, scores) {
      for (let place = 0; place < items.length; place++) scores[place] = scoreOf(user, items[place]!);
    },
  };
}
