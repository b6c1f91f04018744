import { factorsScorer, type SavedFactors } from './factors-scorer.js';
import { gruScorer } from './gru-scorer.js';
import type { HistoryScorer } from './history-scorer.js';
import { linearScorer, type SavedLinear } from './linear-scorer.js';
import { meanScorer, type SavedMean } from './mean-scorer.js';
import type { SavedGru } from './saved-gru.js';
import { popularityScorer, type SavedPopularity } from './popularity-scorer.js';
import { sasrecScorer } from './sasrec-scorer.js';
import type { SavedSasrec } from './saved-sasrec.js';

/** A fitted model that scores a catalogue by a history, as plain values: what is saved. {@link historyScorer} makes it score. */
export type SavedScorer = SavedLinear | SavedFactors | SavedMean | SavedPopularity | SavedGru | SavedSasrec;

/**
 * Makes a fitted model score. Keep it: a model of factors copies its vectors.
 *
 * @throws RangeError where the model's arrays don't fit its count of items.
 */
export function historyScorer(saved: SavedScorer): HistoryScorer {
  switch (saved.kind) {
    case 'linear':
      return linearScorer(saved);
    case 'factors':
      return factorsScorer(saved);
    case 'mean':
      return meanScorer(saved);
    case 'popularity':
      return popularityScorer(saved);
    case 'gru':
      return gruScorer(saved);
    case 'sasrec':
      return sasrecScorer(saved);
  }
}
