import type { Fingerprint } from '@rl-recsys/rating-log';
import { assertScorable, type HistoryScorer } from './history-scorer.js';
import {
  assertHistoryWeights,
  firstInWindow,
  historyWeight,
  type HistoryWeights,
} from './history-weights.js';
import { rowSumsOf } from './row-sums.js';

/**
 * A linear model from items to items, x · B: x is the history, an item's number {@link SavedLinear.input} of it, and
 * B says what each item of the history adds to each item's score.
 *
 * It is plain data. Several may share one B: `{ ...ease, name: 'EASE, recent', input: { ...ease.input, halfLife: 20 } }`
 * looks at the same matrix with another x.
 */
export interface SavedLinear {
  readonly kind: 'linear';
  readonly name: string;
  readonly itemCount: number;
  /** B: float32 `[items, items]`, row i what item i of a history adds. It is not copied. */
  readonly weights: Float32Array;
  readonly input: HistoryWeights;
  /** The least rating that is a like. */
  readonly likedFrom: number;
  readonly fittedOn: readonly Fingerprint[];
}

/**
 * Scores x · B by adding the rows of the items in the history. It allocates nothing. A history without items scores 0
 * everywhere.
 *
 * @throws RangeError where the matrix has another size, or a weight is out of range.
 */
export function linearScorer({
  name,
  itemCount,
  weights,
  input,
  likedFrom,
  fittedOn,
}: SavedLinear): HistoryScorer {
  if (weights.length !== itemCount ** 2) {
    throw new RangeError(`weights: expected ${itemCount} × ${itemCount} numbers, got ${weights.length}`);
  }
  assertHistoryWeights(input);
  const sums = rowSumsOf(weights, itemCount);
  return {
    name,
    itemCount,
    fittedOn,
    score: (history, scores) => {
      assertScorable(history, scores, itemCount);
      const { items, ratings } = history;
      sums.begin();
      for (let place = firstInWindow(history, input); place < items.length; place++) {
        const factor = historyWeight(input, ratings[place]! >= likedFrom, items.length - 1 - place);
        if (factor !== 0) sums.add(items[place]!, factor);
      }
      sums.end(scores);
    },
  };
}
