import type { Fingerprint } from '@rl-recsys/rating-log';
import { UserFoldIn } from '../fit/user-fold-in.js';
import type { MatrixFactorization } from '../matrix-factorization.js';
import { assertScorable, type HistoryScorer } from './history-scorer.js';

/** What of a factorization scores items by a history: plain data. */
export interface SavedFactors extends Pick<MatrixFactorization, 'items' | 'itemBias' | 'mean' | 'foldIn'> {
  readonly kind: 'factors';
  readonly name: string;
  readonly itemCount: number;
  readonly fittedOn: readonly Fingerprint[];
}

/** The items' side of a fitted factorization, of which a new user's is found. It shares the model's arrays. */
export function savedFactors(
  name: string,
  { items, itemBias, mean, foldIn, fittedOn }: MatrixFactorization,
): SavedFactors {
  return {
    kind: 'factors',
    name,
    itemCount: items.rows,
    items,
    itemBias,
    mean,
    foldIn,
    fittedOn: [fittedOn],
  };
}

/**
 * Scores itemBias + p·q, where p is found from the history by the regression that fitted the model (`UserFoldIn`).
 * For a model of ratings that is the expected rating less the mean and the user's bias, which are the same for all items.
 *
 * @throws RangeError where the counts of items differ.
 */
export function factorsScorer(saved: SavedFactors): HistoryScorer {
  const { name, itemCount, items, itemBias, fittedOn } = saved;
  for (const [what, count] of Object.entries({
    'items.rows': items.rows,
    'itemBias.length': itemBias.length,
  })) {
    if (count !== itemCount)
      throw new RangeError(`${what}: expected ${itemCount} like itemCount, got ${count}`);
  }
  const foldIn = foldInOf(saved);
  return {
    name,
    itemCount,
    fittedOn,
    score: (history, scores) => {
      assertScorable(history, scores, itemCount);
      foldIn.multiplyItems(foldIn.fold(history).vector, scores);
      for (let item = 0; item < itemCount; item++) scores[item]! += itemBias[item]!;
    },
  };
}

/** One copy of each model's vectors, however many scorers look at it. */
const shared = new WeakMap<SavedFactors, UserFoldIn>();

/** What folds in by a model: the same for the same one; one after the other may use it. */
function foldInOf(saved: SavedFactors): UserFoldIn {
  let foldIn = shared.get(saved);
  if (!foldIn) shared.set(saved, (foldIn = new UserFoldIn(saved)));
  return foldIn;
}
