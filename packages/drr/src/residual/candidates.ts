import type { EmbeddingTable } from '@rl-recsys/embeddings/search';
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
  const scores = new Float32Array(candidates.length);
  scoreItems(action, items, candidates, scores);
  return new CandidateChoice(count).of(candidates, scores, 0, random, new Int32Array(count));
}

/** {@link storedCandidates} of one state after the other, which share what room it needs. */
export class CandidateChoice {
  private isTaken = new Uint8Array(0);
  private readonly best: Int32Array;

  constructor(private readonly count: number) {
    this.best = new Int32Array(count);
  }

  /**
   * @param scores - what the action gives them: `candidates[i]` gets `scores[from + i]`.
   * @param stored - int32 `[count]`: where they are written.
   * @returns `stored`
   */
  of(
    candidates: Int32Array,
    scores: Float32Array,
    from: number,
    random: Random,
    stored: Int32Array,
  ): Int32Array {
    const { count, best } = this;
    const { length } = candidates;
    const fit = length <= count;
    const found = bestPlaces(scores, from, length, best, fit ? count : Math.ceil(count / 2));
    stored.fill(NO_ITEM);
    for (let place = 0; place < found; place++) stored[place] = candidates[best[place]!]!;
    if (fit) return stored;

    if (this.isTaken.length < length) this.isTaken = new Uint8Array(length);
    const { isTaken } = this;
    isTaken.fill(0, 0, length);
    for (let place = 0; place < found; place++) isTaken[best[place]!] = 1;
    for (let place = found; place < count;) {
      const drawn = random.integer(length);
      if (isTaken[drawn] === 1) continue;
      isTaken[drawn] = 1;
      stored[place++] = candidates[drawn]!;
    }
    return stored;
  }
}

/**
 * Writes the places of the `k` highest of `length` scores, best first; of equal ones the lower first.
 *
 * @returns how many there are: fewer where there are not as many above −∞.
 */
function bestPlaces(scores: Float32Array, from: number, length: number, best: Int32Array, k: number): number {
  let count = 0;
  let worst = -Infinity;
  for (let place = 0; place < length; place++) {
    const score = scores[from + place]!;
    if (!(score > worst)) continue;
    let at = count < k ? count++ : k - 1;
    for (; at > 0 && scores[from + best[at - 1]!]! < score; at--) best[at] = best[at - 1]!;
    best[at] = place;
    if (count === k) worst = scores[from + best[k - 1]!]!;
  }
  return count;
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
