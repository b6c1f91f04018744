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
  const nearest = nearestAllowed({ action, vectors, isAllowed, neighbors }).sort();
  if (nearest.length === 0) throw new RangeError('isAllowed: expected at least one action, got none');
  const candidates = new Float32Array(nearest.length * size);
  for (const [place, index] of nearest.entries()) {
    candidates.set(vectors.subarray(index * size, (index + 1) * size), place * size);
  }
  const values = valuesOf(candidates);
  let best = 0;
  for (let place = 1; place < nearest.length; place++) if (values[place]! > values[best]!) best = place;
  return nearest[best]!;
}

/** The indices of the allowed actions that are nearest, the nearest first; of equals the lower one. */
function nearestAllowed({
  action,
  vectors,
  isAllowed,
  neighbors,
}: Omit<WolpertingerOptions, 'valuesOf'>): Int32Array {
  const count = vectors.length / action.length;
  const nearest = new Int32Array(Math.min(neighbors, count));
  const distances = new Float64Array(nearest.length);
  let found = 0;
  for (let index = 0; index < count; index++) {
    if (!isAllowed(index)) continue;
    const distance = squaredDistance(action, vectors, index * action.length);
    if (found === nearest.length && !(distance < distances[found - 1]!)) continue;
    let place = found < nearest.length ? found++ : found - 1;
    for (; place > 0 && distance < distances[place - 1]!; place--) {
      nearest[place] = nearest[place - 1]!;
      distances[place] = distances[place - 1]!;
    }
    nearest[place] = index;
    distances[place] = distance;
  }
  return nearest.subarray(0, found);
}

function squaredDistance(action: Float32Array, vectors: Float32Array, start: number): number {
  let sum = 0;
  for (let index = 0; index < action.length; index++) sum += (action[index]! - vectors[start + index]!) ** 2;
  return sum;
}
