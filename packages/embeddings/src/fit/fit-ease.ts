import { fingerprintOf, type RatingLog } from '@rl-recsys/rating-log';
import type { SavedLinear } from '../scores/linear-scorer.js';
import { assertWeights } from '../scores/history-weights.js';
import { assertDense } from './dense-items.js';
import { DenseSystem } from './dense-system.js';
import { assertPositive } from './fit-arguments.js';
import { FitWork, type FitControl } from './fit-control.js';
import { addItemGram, rowWeightsOf } from './item-gram.js';
import { leastLike } from './liked-items.js';

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
 * To let recent items count more, give the result another input: see {@link SavedLinear}.
 *
 * See "Embarrassingly shallow autoencoders for sparse data", Steck 2019, equation 8; it has likes alone.
 *
 * @throws RangeError where an option is out of range, the log is empty or has more than 20,000 items, or λ is so small
 * beside the ratings that it is lost in rounding.
 */
export async function fitEase(
  log: RatingLog,
  { regularization = 500, disliked = 0.3, ...control }: EaseOptions = {},
): Promise<SavedLinear> {
  assertPositive({ regularization });
  assertWeights({ disliked });
  assertDense(log);
  const work = new FitWork(control);
  const { itemCount } = log;
  const input = { liked: 1, disliked };
  const system = new DenseSystem(itemCount);
  addItemGram(log, rowWeightsOf(log, input), system.matrix);
  system.addDiagonal(regularization);
  for (let item = 0; item < itemCount; item++) system.right[item * itemCount + item] = 1;
  await system.solve(work.part(0.1, 0.9));
  const inverse = system.right;
  const weights = new Float32Array(itemCount ** 2);
  for (let row = 0; row < itemCount; row++) {
    for (let column = 0; column < itemCount; column++) {
      if (row === column) continue;
      weights[row * itemCount + column] =
        -inverse[row * itemCount + column]! / inverse[column * itemCount + column]!;
    }
  }
  await work.reach(1);
  const fittedOn = [fingerprintOf(log)];
  return {
    kind: 'linear',
    name: 'EASE',
    itemCount,
    weights,
    input,
    likedFrom: leastLike(log.scale),
    fittedOn,
  };
}
