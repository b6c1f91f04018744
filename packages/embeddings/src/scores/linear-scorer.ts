import type { Fingerprint } from '@rl-recsys/rating-log';
import { assertScorable, type HistoryScorer, type RatedHistory } from './history-scorer.js';
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
  /**
   * int32, ascending: the items that B is of (left out: all). Others are skipped in a history, and always score 0.
   */
  readonly among?: Int32Array;
  /** B: float32 `[items, items]`, row i what item i of a history adds. It is not copied. */
  readonly weights: Float32Array;
  readonly input: HistoryWeights;
  /** The least rating that is a like. */
  readonly likedFrom: number;
  readonly fittedOn: readonly Fingerprint[];
}

/**
 * Scores x · B by adding the rows of the items in the history. It allocates nothing, where B is of all items. A history without items
 * scores 0 everywhere.
 *
 * @throws RangeError where the matrix has another size, `among` is not ascending items of the catalogue, or a weight is out of range.
 */
export function linearScorer({ among, ...saved }: SavedLinear): HistoryScorer {
  const { name, itemCount, fittedOn } = saved;
  if (among === undefined) return { name, itemCount, fittedOn, score: scoreAll(saved) };
  const places = placesOf(among, itemCount);
  const scoreKnown = scoreAll({ ...saved, itemCount: among.length });
  const known = new Float32Array(among.length);
  return {
    ...{ name, itemCount, fittedOn },
    score(history, scores) {
      assertScorable(history, scores, itemCount);
      scoreKnown(knownPart(history, places), known);
      scores.fill(0);
      for (let place = 0; place < known.length; place++) scores[among[place]!] = known[place]!;
    },
  };
}

function scoreAll({
  itemCount,
  weights,
  input,
  likedFrom,
}: Omit<SavedLinear, 'among'>): HistoryScorer['score'] {
  if (weights.length !== itemCount ** 2) {
    throw new RangeError(`weights: expected ${itemCount} × ${itemCount} numbers, got ${weights.length}`);
  }
  assertHistoryWeights(input);
  const sums = rowSumsOf(weights, itemCount);
  return (history, scores) => {
    assertScorable(history, scores, itemCount);
    const { items, ratings } = history;
    sums.begin();
    for (let place = firstInWindow(history, input); place < items.length; place++) {
      const factor = historyWeight(input, ratings[place]! >= likedFrom, items.length - 1 - place);
      if (factor !== 0) sums.add(items[place]!, factor);
    }
    sums.end(scores);
  };
}

/** Each item's place among some, −1 where it is none of them. */
function placesOf(among: Int32Array, itemCount: number): Int32Array {
  const places = new Int32Array(itemCount).fill(-1);
  for (const [place, item] of among.entries()) {
    if (!(item >= 0 && item < itemCount && (place === 0 || item > among[place - 1]!)))
      throw new RangeError(
        `among[${place}]: expected ascending items from 0 to ${itemCount - 1}, got ${item}`,
      );
    places[item] = place;
  }
  return places;
}

/** What a history holds of some items, by their places. */
function knownPart({ items, ratings }: RatedHistory, places: Int32Array): RatedHistory {
  const isKnown = (item: number) => places[item]! >= 0;
  return {
    items: items.filter(isKnown).map((item) => places[item]!),
    ratings: ratings.filter((_, place) => isKnown(items[place]!)),
  };
}
