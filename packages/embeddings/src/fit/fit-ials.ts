import type { Random } from '@rl-recsys/random';
import { fingerprintOf, leastLike, type RatingLog } from '@rl-recsys/rating-log';
import type { IalsFoldIn, MatrixFactorization } from '../matrix-factorization.js';
import { AlternatingLeastSquares } from './alternating-least-squares.js';
import { assertPositive, assertPositiveIntegers } from './fit-arguments.js';
import { FitWork, type FitControl } from './fit-control.js';
import { likesOf } from './liked-items.js';

export interface IalsOptions extends FitControl {
  /** Draws the items' starting vectors; nothing is taken from the stream itself. */
  readonly random: Random;
  /** Dimensions of a vector (default 64; found on MovieLens like the two below). */
  readonly factors?: number;
  /** λ (default 0.01). */
  readonly regularization?: number;
  /** α₀: what any pair of user and item weighs, beside the 1 of a like (default 0.3). */
  readonly unobservedWeight?: number;
  /** ν: how much more the vectors of those with many likes are penalized (default 1). */
  readonly exponent?: number;
  /** Sweeps over all users and all items (default 8). */
  readonly iterations?: number;
}

/**
 * Fits the likes of a log by iALS, whose penalty grows with what a vector is regressed on: the sum over all likes of
 * (1 − p·q)², plus α₀ times that over all pairs of user and item of (p·q)², plus Σ λ (n + α₀ m)^ν ‖p‖² over the users,
 * of n likes among m items, and likewise over the items.
 *
 * Like `fitImplicitFactorization`, which weighs all vectors alike and so ranks worse. The scores p·q rank items; they are no
 * ratings. A user or an item without likes gets zeros. It computes in float32, in a WebAssembly memory that takes 8
 * bytes a like and 4 a number of the vectors.
 *
 * See "Revisiting the performance of iALS on item recommendation benchmarks", Rendle et al. 2021, section 3, equations 2
 * to 4.
 *
 * @throws RangeError where an option is out of range, the log has no like or takes more than 4 GiB, or the penalty is so
 * small beside the likes that it is lost in rounding.
 */
export async function fitIals(
  log: RatingLog,
  {
    random,
    factors = 64,
    regularization = 0.01,
    unobservedWeight = 0.3,
    exponent = 1,
    iterations = 8,
    ...control
  }: IalsOptions,
): Promise<MatrixFactorization> {
  assertPositiveIntegers({ factors, iterations });
  assertPositive({ regularization, unobservedWeight });
  if (!(exponent >= 0 && exponent < Infinity)) {
    throw new RangeError(`exponent: expected a number from 0, got ${exponent}`);
  }
  const likedFrom = leastLike(log.scale);
  const likes = likesOf(log, likedFrom);
  if (likes.items.length === 0) throw new RangeError('log: expected likes, got none');
  const rule: IalsFoldIn = { kind: 'ials', regularization, unobservedWeight, exponent, likedFrom };
  const work = new FitWork(control);
  const squares = new AlternatingLeastSquares(likes, {
    random,
    factors,
    rule,
    mean: 0,
    startDeviation: 0.1 / Math.sqrt(factors), // the paper's
    fittedOn: fingerprintOf(log),
  });
  for (let sweep = 0; sweep < iterations; sweep++) {
    squares.solveUsers();
    await work.reach((sweep + 0.5) / (iterations + 0.5));
    squares.solveItems();
    await work.reach((sweep + 1) / (iterations + 0.5));
  }
  squares.solveUsers(); // so that they are what folding in gives
  await work.reach(1);
  return squares.model();
}
