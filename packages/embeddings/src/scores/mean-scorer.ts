import type { Fingerprint } from '@rl-recsys/rating-log';
import { factorsScorer, type SavedFactors } from './factors-scorer.js';
import { assertScorable, type HistoryScorer } from './history-scorer.js';

/** The mean of what several factorizations give, such as of one model that was fitted with several seeds: plain data. */
export interface SavedMean {
  readonly kind: 'mean';
  readonly name: string;
  readonly itemCount: number;
  readonly parts: readonly SavedFactors[];
  readonly fittedOn: readonly Fingerprint[];
}

/** @throws RangeError where there is nothing to take the mean of. */
export function savedMean(name: string, parts: readonly SavedFactors[]): SavedMean {
  const [first] = parts;
  if (!first) throw new RangeError('parts: expected at least one, got none');
  const { itemCount, fittedOn } = first;
  return { kind: 'mean', name, itemCount, parts, fittedOn };
}

/** @throws RangeError where a part scores another number of items. */
export function meanScorer({ name, itemCount, parts, fittedOn }: SavedMean): HistoryScorer {
  const scorers = parts.map(factorsScorer);
  for (const part of scorers) {
    if (part.itemCount !== itemCount) {
      throw new RangeError(`parts: expected ${itemCount} items in ${part.name}, got ${part.itemCount}`);
    }
  }
  const one = new Float32Array(itemCount);
  return {
    name,
    itemCount,
    fittedOn,
    score: (history, scores) => {
      assertScorable(history, scores, itemCount);
      scores.fill(0);
      for (const scorer of scorers) {
        scorer.score(history, one);
        for (let item = 0; item < itemCount; item++) scores[item]! += one[item]! / scorers.length;
      }
    },
  };
}
