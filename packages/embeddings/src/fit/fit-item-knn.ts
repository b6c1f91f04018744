import { fingerprintOf, leastLike, type RatingLog } from '@rl-recsys/rating-log';
import { DenseMatrix } from '../dense/dense-matrix.js';
import { KernelMemory } from '../memory/kernel-memory.js';
import type { SavedLinear } from '../scores/linear-scorer.js';
import { assertWeights } from '../scores/history-weights.js';
import { denseItems } from './dense-items.js';
import { assertPositiveIntegers } from './fit-arguments.js';
import { FitWork, type FitControl } from './fit-control.js';
import { addItemGram, rowWeightsOf } from './item-gram.js';

export interface ItemKnnOptions extends FitControl {
  /** How many items most like it an item is scored by (default 200, found on MovieLens). */
  readonly neighbors?: number;
  /** What is added to the product of two items' lengths, so that items that few have rated are like nothing much (default 10). */
  readonly shrinkage?: number;
  /** What a rating counts that is no like, which counts 1 (default 0.3, found on MovieLens). */
  readonly disliked?: number;
}

/**
 * Fits item-based nearest neighbors: B_ij = x_i·x_j / (‖x_i‖ ‖x_j‖ + shrinkage) where i is one of the items most like j,
 * else 0; x_i is the column of an item, with 1 for a like and `disliked` for another rating. Items as like j as the last
 * of its neighbors are neighbors too.
 *
 * See "Item-based top-N recommendation algorithms", Deshpande and Karypis 2004, for the cosine; the shrinkage is the usual
 * one of "Factorization meets the neighborhood", Koren 2008, section 2.2, on lengths in place of counts. Beyond 20,000 items it looks at
 * the 4,000 alone that were rated most, and gives all others 0.
 *
 * @throws RangeError where an option is out of range, or the log is empty.
 */
export async function fitItemKnn(
  log: RatingLog,
  { neighbors = 200, shrinkage = 10, disliked = 0.3, ...control }: ItemKnnOptions = {},
): Promise<SavedLinear> {
  assertPositiveIntegers({ neighbors });
  if (!(shrinkage >= 0 && shrinkage < Infinity)) {
    throw new RangeError(`shrinkage: expected a number from 0, got ${shrinkage}`);
  }
  assertWeights({ disliked });
  const { log: known, ...part } = denseItems(log);
  const work = new FitWork(control);
  const { itemCount } = known;
  const input = { liked: 1, disliked };
  const matrix = new DenseMatrix(new KernelMemory('log'), itemCount);
  await addItemGram(known, rowWeightsOf(known, input), matrix, work.part(0, 0.4));
  matrix.mirror();
  const lengths = matrix.diagonal().map(Math.sqrt);
  const { stride } = matrix;
  const products = matrix.numbers();
  const weights = new Float32Array(itemCount ** 2);
  const likeness = new Float32Array(itemCount);
  for (let item = 0; item < itemCount; item++) {
    if (item % 64 === 0) await work.reach(0.4 + 0.6 * (item / itemCount));
    for (let other = 0; other < itemCount; other++) {
      const product = products[item * stride + other]!;
      likeness[other] =
        product === 0 || other === item ? 0 : product / (lengths[item]! * lengths[other]! + shrinkage);
    }
    const least = neighbors < itemCount ? likeness.slice().sort()[itemCount - neighbors]! : -Infinity;
    for (let other = 0; other < itemCount; other++) {
      if (likeness[other]! >= least) weights[other * itemCount + item] = likeness[other]!;
    }
  }
  await work.reach(1);
  const fittedOn = [fingerprintOf(log)];
  return {
    kind: 'linear',
    name: 'item-kNN',
    itemCount: log.itemCount,
    ...part,
    weights,
    input,
    likedFrom: leastLike(log.scale),
    fittedOn,
  };
}
