import type { Random } from '@rl-recsys/random';
import { fingerprintOf, leastLike, type RatingLog } from '@rl-recsys/rating-log';
import { AlternatingLeastSquares } from './alternating-least-squares.js';
import { assertPositive, assertPositiveIntegers } from './fit-arguments.js';
import { likesOf } from './liked-items.js';
import type { LikesFoldIn, MatrixFactorization } from '../matrix-factorization.js';
import { likeLoss } from './validation-loss.js';
import { fitInEpochs, type EarlyStoppingOptions, type FitProgress } from './validation.js';

export interface ImplicitFactorizationOptions {
  /** Draws the items' starting vectors; nothing is taken from the stream itself. */
  readonly random: Random;
  /** Dimensions of a vector (default 32, found on MovieLens like the two below). */
  readonly factors?: number;
  /** λ of the vectors (default 5). */
  readonly regularization?: number;
  /** α: a like weighs 1 + α, any other pair of user and item 1 (default 5). */
  readonly confidence?: number;
  /** Sweeps over all users and all items (default 6; later ones change little). */
  readonly iterations?: number;
  /** Holds out a slice of the log, and stops where it is ranked no better (default: all sweeps). */
  readonly earlyStopping?: EarlyStoppingOptions;
  /** Called after each sweep. */
  readonly onIteration?: (progress: FitProgress) => void;
}

/**
 * Fits the likes of a log, 1 for an item that a user likes and 0 for any other, by alternating least
 * squares. Ratings that are no like (`isLiked`) count as nothing seen; of a log of clicks the clicks count.
 *
 * The scores p·q rank items; they are no ratings. A user or an item without likes gets zeros. It computes
 * in float32, in a WebAssembly memory that takes 8 bytes a like and 4 a number of the vectors.
 *
 * See "Collaborative filtering for implicit feedback datasets", Hu, Koren and Volinsky 2008, with the
 * confidence 1 + α r of its section 4, where r is 1 for a like.
 *
 * @throws RangeError where an option is out of range, the log has no like or takes more than 4 GiB, or the
 * penalty is so small beside the likes that it is lost in rounding.
 */
export function fitImplicitFactorization(
  log: RatingLog,
  {
    random,
    factors = 32,
    regularization = 5,
    confidence = 5,
    iterations = 6,
    earlyStopping,
    onIteration,
  }: ImplicitFactorizationOptions,
): MatrixFactorization {
  assertPositiveIntegers({ factors, iterations });
  assertPositive({ regularization, confidence });
  const rule: LikesFoldIn = { kind: 'likes', regularization, confidence, likedFrom: leastLike(log.scale) };
  const lossOn = (heldOut: RatingLog) => likeLoss(heldOut, log, random);
  return fitInEpochs(log, { iterations, earlyStopping, onIteration, lossOn }, (train) => {
    const likes = likesOf(train, rule.likedFrom);
    if (likes.items.length === 0) throw new RangeError('log: expected likes, got none');
    return new AlternatingLeastSquares(likes, {
      random,
      factors,
      rule,
      mean: 0,
      startDeviation: 0.1,
      fittedOn: fingerprintOf(log),
    });
  });
}
