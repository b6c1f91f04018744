import { fingerprintOf, leastLike, type RatingLog } from '@rl-recsys/rating-log';
import { DenseMatrix } from '../dense/dense-matrix.js';
import { KernelMemory } from '../memory/kernel-memory.js';
import type { SavedLinear } from '../scores/linear-scorer.js';
import { assertWeights } from '../scores/history-weights.js';
import { denseItems } from './dense-items.js';
import { assertPositive } from './fit-arguments.js';
import { FitWork, type FitControl } from './fit-control.js';
import { addItemGram, rowWeightsOf } from './item-gram.js';
import { invertRidge } from './ridge-inverse.js';

export interface EaseOptions extends FitControl {
  /** λ (default 500; on MovieLens 300 to 1500 rank alike). */
  readonly regularization?: number;
  /** What a rating counts that is no like, which counts 1 (default 0.3, found on MovieLens). */
  readonly disliked?: number;
}

/**
 * Fits EASE: the linear model from items to items that gives a user's items from all their other ones with the least
 * squared error plus λ times its squares. It has a closed form: B_ij = −P_ij / P_jj, and 0 on the diagonal, where
 * P = (XᵀX + λ)⁻¹ and X `[users, items]` holds 1 for a like and `disliked` for another rating.
 *
 * To let recent items count more, give the result another input: see {@link SavedLinear}. It computes in float32, takes
 * time with the cube of the items, and 4 bytes for each pair of them, twice while it fits; so beyond 20,000 items it looks at the
 * 4,000 alone that were rated most, and gives all others 0.
 *
 * See "Embarrassingly shallow autoencoders for sparse data", Steck 2019, equation 8; it has likes alone.
 *
 * @throws RangeError where an option is out of range, the log is empty, or λ is so small
 * beside the ratings that it is lost in rounding.
 */
export async function fitEase(
  log: RatingLog,
  { regularization = 500, disliked = 0.3, ...control }: EaseOptions = {},
): Promise<SavedLinear> {
  assertPositive({ regularization });
  assertWeights({ disliked });
  const { log: known, ...part } = denseItems(log);
  const work = new FitWork(control);
  const { itemCount } = known;
  const input = { liked: 1, disliked };
  const memory = new KernelMemory('log');
  const matrix = new DenseMatrix(memory, itemCount);
  await addItemGram(known, rowWeightsOf(known, input), matrix, work.part(0, 0.15));
  await invertRidge(memory, matrix, regularization, work.part(0.15, 0.95)); // −P
  const scales = matrix.diagonal().map((value) => -1 / value);
  const weights = matrix.copy();
  for (let row = 0; row < itemCount; row++) {
    const own = weights.subarray(row * itemCount, (row + 1) * itemCount);
    for (let column = 0; column < itemCount; column++) own[column]! *= scales[column]!;
    own[row] = 0;
  }
  await work.reach(1);
  const fittedOn = [fingerprintOf(log)];
  return {
    kind: 'linear',
    name: 'EASE',
    itemCount: log.itemCount,
    ...part,
    weights,
    input,
    likedFrom: leastLike(log.scale),
    fittedOn,
  };
}
