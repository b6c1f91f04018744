import type { Fingerprint } from '@rl-recsys/rating-log';
import { assertScorable, type HistoryScorer } from './history-scorer.js';
import {
  assertHistoryWeights,
  firstInWindow,
  historyWeight,
  type HistoryWeights,
} from './history-weights.js';

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

/** How many rows of B are added at once: each score is read and written a quarter as often. */
const TOGETHER = 4;

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
  const rows = new Int32Array(TOGETHER);
  const factors = new Float64Array(TOGETHER);

  const addRows = (scores: Float32Array) => {
    const [row0, row1, row2, row3] = rows as unknown as [number, number, number, number];
    const [factor0, factor1, factor2, factor3] = factors as unknown as [number, number, number, number];
    for (let item = 0; item < itemCount; item++) {
      scores[item]! +=
        factor0 * weights[row0 + item]! +
        factor1 * weights[row1 + item]! +
        factor2 * weights[row2 + item]! +
        factor3 * weights[row3 + item]!;
    }
  };

  return {
    name,
    itemCount,
    fittedOn,
    score: (history, scores) => {
      assertScorable(history, scores, itemCount);
      const { items, ratings } = history;
      scores.fill(0);
      let waiting = 0;
      for (let place = firstInWindow(history, input); place < items.length; place++) {
        const factor = historyWeight(input, ratings[place]! >= likedFrom, items.length - 1 - place);
        if (factor === 0) continue;
        rows[waiting] = items[place]! * itemCount;
        factors[waiting++] = factor;
        if (waiting < TOGETHER) continue;
        addRows(scores);
        waiting = 0;
      }
      if (waiting === 0) return;
      factors.fill(0, waiting);
      addRows(scores);
    },
  };
}
