import type { Fingerprint } from '@rl-recsys/rating-log';
import { assertHistory } from '../fit/histories.js';

/** What somebody has rated, oldest first. */
export interface RatedHistory {
  /** int32 `[length]` */
  readonly items: Int32Array;
  /** float32 `[length]`, on the scale of the log that was fitted. */
  readonly ratings: Float32Array;
}

/**
 * Scores the whole catalogue by what somebody has rated: a function of a history, so that new users are no
 * special case.
 */
export interface HistoryScorer {
  /** What tables and mixes call it. */
  readonly name: string;
  readonly itemCount: number;
  /** What its numbers have seen: measuring them there is cheating. */
  readonly fittedOn: readonly Fingerprint[];
  /**
   * Writes a score for every item to `scores`; higher is better. Items of the history get scores like others:
   * who must not be shown them again leaves them out.
   *
   * @param scores - float32 `[itemCount]`
   * @throws RangeError where an item is not in the catalogue, a rating is not finite, or an array has another
   * length; then `scores` is as it was.
   */
  score(history: RatedHistory, scores: Float32Array): void;
}

/** @throws RangeError as {@link HistoryScorer.score} does. */
export function assertScorable(history: RatedHistory, scores: Float32Array, itemCount: number): void {
  if (scores.length !== itemCount) {
    throw new RangeError(`scores: expected ${itemCount}, one for each item, got ${scores.length}`);
  }
  assertHistory(history, itemCount);
}
