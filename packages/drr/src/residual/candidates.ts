import { topK, type EmbeddingTable } from '@rl-recsys/embeddings/search';
import { NO_ITEM } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import { scoreItems } from '../ranking.js';

/**
 * The candidates of a state that are stored: all where they fit, ranked by the action, else those that it ranks
 * highest, for half of the room (rounded up), and a random choice of the others. The first is the best.
 *
 * @param candidates - int32 `[any]`: what can be shown; it may be nothing.
 * @param action - `[k]`: π(s).
 * @param items - what the action ranks.
 * @param count - how many there is room for.
 * @returns int32 `[count]`, −1 where there are fewer.
 */
export function storedCandidates(
  candidates: Int32Array,
  action: Float32Array,
  items: EmbeddingTable,
  count: number,
  random: Random,
): Int32Array {
  const stored = new Int32Array(count).fill(NO_ITEM);
  const scores = new Float32Array(candidates.length);
  scoreItems(action, items, candidates, scores);
  const fit = candidates.length <= count;
  const best = topK(scores, fit ? count : Math.ceil(count / 2));
  const isTaken = new Uint8Array(candidates.length);
  for (const [place, { item }] of best.entries()) {
    stored[place] = candidates[item]!;
    isTaken[item] = 1;
  }
  if (fit) return stored;
  for (let place = best.length; place < count;) {
    const drawn = random.integer(candidates.length);
    if (isTaken[drawn] === 1) continue;
    isTaken[drawn] = 1;
    stored[place++] = candidates[drawn]!;
  }
  return stored;
}

/**
 * Stored candidates with the item that was shown among them: where it is not, it takes the last one's place.
 *
 * @param stored - int32 `[count]`, of {@link storedCandidates}; stays as it is.
 * @param candidates - int32 `[any]`: what could be shown.
 * @param shown - what was: one of them.
 * @throws RangeError where the shown item is no candidate.
 */
export function withShown(stored: Int32Array, candidates: Int32Array, shown: number): Int32Array {
  if (stored.includes(shown)) return stored;
  if (!candidates.includes(shown))
    throw new RangeError(`shown: expected one of the candidates, got ${shown}`);
  const among = stored.slice();
  among[among.length - 1] = shown;
  return among;
}
