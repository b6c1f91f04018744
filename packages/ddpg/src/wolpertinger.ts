/** What {@link wolpertinger} chooses from, and by what. */
export interface WolpertingerOptions {
  /** The proto-action `[size]`. */
  readonly action: Float32Array;
  /** The vectors of all actions there are, float32 `[count, size]`. */
  readonly vectors: Float32Array;
  /** Whether an action may be taken; it is asked before anything is chosen. */
  readonly isAllowed: (index: number) => boolean;
  /** k, how many of the nearest are compared. */
  readonly neighbors: number;
  /** The critic's value of each candidate, given their vectors `[candidates, size]`. */
  readonly valuesOf: (vectors: Float32Array) => ArrayLike<number>;
}

/**
 * Chooses among many discrete actions: of the k allowed ones whose vectors are nearest to the
 * proto-action, the one that the critic values most. The search is exact; with k = N it is the greedy
 * choice of the critic. Of equals the lower index wins.
 *
 * See "Deep reinforcement learning in large discrete action spaces", Dulac-Arnold et al. 2015, arXiv
 * 1512.07679, algorithm 1.
 *
 * @returns the index of the action.
 * @throws RangeError where none is allowed or k is not a positive integer.
 */
export function wolpertinger({
  action,
  vectors,
  isAllowed,
  neighbors,
  valuesOf,
}: WolpertingerOptions): number {
  if (!Number.isSafeInteger(neighbors) || neighbors < 1) {
    throw new RangeError(`neighbors: expected a positive integer, got ${neighbors}`);
  }
  const size = action.length;
  const allowed = Array.from({ length: vectors.length / size }, (_, index) => index).filter(isAllowed);
  if (allowed.length === 0) throw new RangeError('isAllowed: expected at least one action, got none');
  const distances = new Map(allowed.map((index) => [index, squaredDistance(action, vectors, index * size)]));
  const nearest = allowed
    .sort((a, b) => distances.get(a)! - distances.get(b)! || a - b)
    .slice(0, neighbors)
    .sort((a, b) => a - b);
  const candidates = new Float32Array(nearest.length * size);
  for (const [place, index] of nearest.entries()) {
    candidates.set(vectors.subarray(index * size, (index + 1) * size), place * size);
  }
  const values = valuesOf(candidates);
  let best = 0;
  for (let place = 1; place < nearest.length; place++) if (values[place]! > values[best]!) best = place;
  return nearest[best]!;
}

function squaredDistance(action: Float32Array, vectors: Float32Array, start: number): number {
  let sum = 0;
  for (let index = 0; index < action.length; index++) sum += (action[index]! - vectors[start + index]!) ** 2;
  return sum;
}
