import type { EmbeddingTable } from '@rl-recsys/embeddings/search';

/**
 * Writes DRR's score of each item, the inner product of its vector with the action (Liu et al. 2018,
 * section 4.1), to `scores`.
 *
 * @param action - `[k]`
 * @param candidates - int32 `[items]`
 * @param scores - float32 `[items]`
 * @throws RangeError where the action does not have the length of the items' vectors, or a candidate is
 * in no table.
 */
export function scoreItems(
  action: Float32Array,
  { rows, size, vectors }: EmbeddingTable,
  candidates: Int32Array,
  scores: Float32Array,
): void {
  if (action.length !== size) {
    throw new RangeError(`action: expected ${size} numbers like the items' vectors, got ${action.length}`);
  }
  for (const item of candidates) {
    // The score of such an item would be NaN, which no comparison finds worse than another.
    if (!(item >= 0 && item < rows)) {
      throw new RangeError(`candidates: expected an index from 0 to ${rows - 1}, got ${item}`);
    }
  }
  const count = candidates.length;
  let place = 0;
  // Four sums side by side, for the processor would wait for each addition of a single one.
  for (; place + 4 <= count; place += 4) {
    const start0 = candidates[place]! * size;
    const start1 = candidates[place + 1]! * size;
    const start2 = candidates[place + 2]! * size;
    const start3 = candidates[place + 3]! * size;
    // Not of one array, for V8 would then make an object of each sum.
    let score0 = 0;
    let score1 = 0;
    let score2 = 0;
    let score3 = 0;
    for (let k = 0; k < size; k++) {
      const factor = action[k]!;
      score0 += factor * vectors[start0 + k]!;
      score1 += factor * vectors[start1 + k]!;
      score2 += factor * vectors[start2 + k]!;
      score3 += factor * vectors[start3 + k]!;
    }
    scores[place] = score0;
    scores[place + 1] = score1;
    scores[place + 2] = score2;
    scores[place + 3] = score3;
  }
  for (; place < count; place++) {
    const start = candidates[place]! * size;
    let score = 0;
    for (let k = 0; k < size; k++) score += action[k]! * vectors[start + k]!;
    scores[place] = score;
  }
}

/**
 * {@link scoreItems} of several users.
 *
 * @param actions - `[users, k]`
 * @param candidates - int32 `[items]` for each user.
 * @param scores - float32 `[items]` for each user.
 * @throws RangeError as {@link scoreItems} does.
 */
export function scoreItemsBatch(
  actions: Float32Array,
  table: EmbeddingTable,
  candidates: readonly Int32Array[],
  scores: readonly Float32Array[],
): void {
  for (const [user, items] of candidates.entries()) {
    const action = actions.subarray(user * table.size, (user + 1) * table.size);
    scoreItems(action, table, items, scores[user]!);
  }
}

/**
 * The candidate that ranks first; of equal ones that with the lower index.
 *
 * @param action - `[k]`
 * @param candidates - int32 `[items]`
 * @throws RangeError where there is no candidate, and as {@link scoreItems} does.
 */
export function bestItem(action: Float32Array, items: EmbeddingTable, candidates: Int32Array): number {
  if (candidates.length === 0) throw new RangeError('candidates: expected at least one item, got none');
  const scores = new Float32Array(candidates.length);
  scoreItems(action, items, candidates, scores);
  let best = 0;
  for (let place = 1; place < scores.length; place++) {
    const better = scores[place]! > scores[best]!;
    const tied = scores[place] === scores[best] && candidates[place]! < candidates[best]!;
    if (better || tied) best = place;
  }
  return candidates[best]!;
}
