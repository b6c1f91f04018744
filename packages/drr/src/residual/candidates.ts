import { topK, type EmbeddingTable } from '@rl-recsys/embeddings/search';
import { NO_ITEM } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import { scoreItems } from '../ranking.js';

/**
 * Which stored candidates could be shown later too, the others −1. Where none of them could, some of those that could: what
 * comes after a step that did not end the session is worth what the best of them is.
 *
 * @param stored - int32 `[count]`, of {@link storedCandidates}.
 * @param later - int32 `[any]`: all candidates of that later step.
 * @returns int32 `[count]`
 */
export function remainingCandidates(stored: Int32Array, later: Int32Array): Int32Array {
  const remaining = stored.map((item) => (later.includes(item) ? item : NO_ITEM));
  if (remaining.every((item) => item === NO_ITEM)) remaining.set(later.subarray(0, remaining.length));
  return remaining;
}

/**
 * The candidates of a step that are stored: all where they fit, else the shown one, those that the action
 * ranks highest, for half of the room (rounded up), and a random choice of the others.
 *
 * @param candidates - int32 `[any]`: what could be shown.
 * @param shown - what was: one of them.
 * @param count - how many there is room for.
 * @returns int32 `[count]`, −1 where there are fewer.
 * @throws RangeError where the shown item is no candidate.
 */
export function storedCandidates(
  candidates: Int32Array,
  shown: number,
  action: Float32Array,
  items: EmbeddingTable,
  count: number,
  random: Random,
): Int32Array {
  if (!candidates.includes(shown))
    throw new RangeError(`shown: expected one of the candidates, got ${shown}`);
  const stored = new Int32Array(count).fill(NO_ITEM);
  if (candidates.length <= count) {
    stored.set(candidates);
    return stored;
  }
  const scores = new Float32Array(candidates.length);
  scoreItems(action, items, candidates, scores);
  const best = topK(scores, Math.ceil(count / 2));
  const isBest = new Uint8Array(candidates.length);
  for (const [place, { item }] of best.entries()) {
    stored[place] = candidates[item]!;
    isBest[item] = 1;
  }
  // A shuffle of as many of the others as are drawn.
  const others = candidates.filter((_, place) => isBest[place] === 0);
  for (let place = best.length, first = 0; place < count; place++, first++) {
    const drawn = first + random.integer(others.length - first);
    stored[place] = others[drawn]!;
    others[drawn] = others[first]!;
  }
  if (!stored.includes(shown)) stored[count - 1] = shown;
  return stored;
}
