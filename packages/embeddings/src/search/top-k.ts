/** An item and what it scored. */
export interface ScoredItem {
  readonly item: number;
  readonly score: number;
}

/**
 * The `k` best scores, best first; of equal ones the lower index first.
 *
 * A score that is not above −∞ (−∞ itself, or NaN) is never returned, so that an item is left out by
 * scoring it −∞. Multiplying by a 0/1 mask would not do: it prefers a forbidden item to a negative score.
 *
 * @param scores - `[items]`
 * @returns fewer than `k` where there are not as many.
 * @throws RangeError where `k` is not a positive integer.
 */
export function topK(scores: ArrayLike<number>, k: number): ScoredItem[] {
  if (!Number.isSafeInteger(k) || k < 1) throw new RangeError(`k: expected a positive integer, got ${k}`);
  const best: ScoredItem[] = [];
  for (let item = 0; item < scores.length; item++) {
    const score = scores[item]!;
    const worst = best.length < k ? -Infinity : best[k - 1]!.score;
    if (!(score > worst)) continue;
    let place = best.length;
    while (place > 0 && best[place - 1]!.score < score) place--;
    best.splice(place, 0, { item, score });
    if (best.length > k) best.pop();
  }
  return best;
}
