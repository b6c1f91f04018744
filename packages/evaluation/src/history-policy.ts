import { rowsOf, type Fingerprint, type RatingLog } from '@rl-recsys/rating-log';
import type { Policy } from './policy.js';

/** Whatever scores the whole catalogue by what somebody has rated, such as a scorer of `@rl-recsys/embeddings`. */
export interface HistoryScorer {
  readonly name: string;
  readonly itemCount: number;
  /** Which interactions it was fitted on. */
  readonly fittedOn: readonly Fingerprint[];
  /**
   * Writes a score for each item; higher is better.
   *
   * @param history - `items`: int32 `[length]`, what was rated, oldest first; `ratings`: float32 `[length]`.
   * @param scores - float32 `[itemCount]`
   */
  score(history: { readonly items: Int32Array; readonly ratings: Float32Array }, scores: Float32Array): void;
}

/**
 * The policy that ranks by everything that a user rated in `log`, however long ago: an observation has no more than
 * the last likes.
 *
 * What a protocol shows meanwhile does not enter that past, so that a user's scores are computed once for all steps
 * that follow one another.
 *
 * @param name - what tables and errors call it.
 * @param scorer - must not change afterwards.
 * @param log - the training part; `observation.user` is its user.
 * @throws RangeError where `scorer` and `log` differ in their items.
 */
export function historyPolicy(name: string, scorer: HistoryScorer, log: RatingLog): Policy {
  const { itemCount, fittedOn } = scorer;
  if (itemCount !== log.itemCount) {
    throw new RangeError(`scorer.itemCount: expected ${log.itemCount} as in the log, got ${itemCount}`);
  }
  const catalogue = new Float32Array(itemCount);
  let scored: number | undefined;
  return {
    name,
    fittedOn,
    score({ user }, items, scores) {
      if (user !== scored) {
        const { start, end } = rowsOf(log, user);
        scored = undefined; // should the scorer throw, its half of the scores is nobody's
        // Copies, for nothing may write to a log.
        scorer.score(
          { items: log.items.slice(start, end), ratings: log.ratings.slice(start, end) },
          catalogue,
        );
        scored = user;
      }
      for (let place = 0; place < items.length; place++) scores[place] = catalogue[items[place]!]!;
    },
  };
}
