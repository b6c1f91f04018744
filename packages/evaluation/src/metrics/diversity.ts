import type { VectorTable } from '../vector-table.js';

/** How alike two items are: 1 where they are the same in all that is looked at. */
export type Similarity = (item: number, other: number) => number;

/**
 * The intra-list diversity of one list: 1 − the mean similarity of its pairs (Ziegler et al. 2005). 0 where
 * all items are alike.
 *
 * @param similarity - {@link jaccardSimilarity} or {@link cosineSimilarity}.
 * @returns NaN for a list of fewer than two items, which has no pair.
 */
export function diversityOf(list: ArrayLike<number>, similarity: Similarity): number {
  let sum = 0;
  for (let place = 1; place < list.length; place++) {
    for (let before = 0; before < place; before++) sum += similarity(list[before]!, list[place]!);
  }
  const pairs = (list.length * (list.length - 1)) / 2;
  return 1 - sum / pairs;
}

/**
 * By categories: how many two items share, over how many either has (Jaccard), in [0, 1]. Two items without
 * any category have a similarity of 0.
 *
 * @param categories - `[items]`: the categories of each, such as the genres of a film.
 */
export function jaccardSimilarity<Category>(categories: ReadonlyArray<Iterable<Category>>): Similarity {
  const sets = categories.map((own) => new Set(own));
  return (item, other) => {
    const [mine, theirs] = [setOf(sets, item), setOf(sets, other)];
    let shared = 0;
    for (const category of mine) shared += theirs.has(category) ? 1 : 0;
    const either = mine.size + theirs.size - shared;
    return either === 0 ? 0 : shared / either;
  };
}

/** By vectors: the cosine of their angle, in [−1, 1]. It is 0 with a vector of zeros. */
export function cosineSimilarity({ rows, size, vectors }: VectorTable): Similarity {
  const unit = new Float64Array(vectors);
  for (let row = 0; row < rows; row++) {
    const own = unit.subarray(row * size, (row + 1) * size);
    const length = Math.hypot(...own);
    if (length > 0) for (let k = 0; k < size; k++) own[k]! /= length;
  }
  return (item, other) => {
    for (const each of [item, other]) {
      if (!(each >= 0 && each < rows)) {
        throw new RangeError(`item: expected 0 to ${rows - 1}, got ${each}`);
      }
    }
    let cosine = 0;
    for (let k = 0; k < size; k++) cosine += unit[item * size + k]! * unit[other * size + k]!;
    return cosine;
  };
}

function setOf<Category>(sets: readonly Set<Category>[], item: number): Set<Category> {
  const set = sets[item];
  if (set === undefined) throw new RangeError(`item: expected 0 to ${sets.length - 1}, got ${item}`);
  return set;
}
