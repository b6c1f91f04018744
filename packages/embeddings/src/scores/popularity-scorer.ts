import type { Fingerprint } from '@rl-recsys/rating-log';
import { assertScorable, type HistoryScorer } from './history-scorer.js';

/** The same scores for everybody: plain data. */
export interface SavedPopularity {
  readonly kind: 'popularity';
  readonly name: string;
  readonly itemCount: number;
  /** float32 `[items]` */
  readonly scores: Float32Array;
  readonly fittedOn: readonly Fingerprint[];
}

/** @throws RangeError where there is not one score for each item. */
export function popularityScorer({ name, itemCount, scores: own, fittedOn }: SavedPopularity): HistoryScorer {
  if (own.length !== itemCount) {
    throw new RangeError(`scores: expected ${itemCount}, one for each item, got ${own.length}`);
  }
  return {
    name,
    itemCount,
    fittedOn,
    score: (history, scores) => {
      assertScorable(history, scores, itemCount);
      scores.set(own);
    },
  };
}
