import { fingerprintOf, type RatingLog } from '@rl-recsys/rating-log';
import type { SavedLinear } from '../scores/linear-scorer.js';
import { assertWeights } from '../scores/history-weights.js';
import { assertDense } from './dense-items.js';
import { DenseSystem } from './dense-system.js';
import { assertPositive, assertPositiveIntegers } from './fit-arguments.js';
import { FitWork, type FitControl } from './fit-control.js';
import { rowWeightsOf } from './item-gram.js';
import { leastLike } from './liked-items.js';
import { addMomentSums } from './moment-sums.js';

/** Defaults were found on MovieLens 100K. */
export interface SlitOptions extends FitControl {
  /** λ (default 100). */
  readonly regularization?: number;
  /** How many of the most recent items predict (default 20). */
  readonly window?: number;
  /** After how many more recent items one counts half (default 3). */
  readonly halfLife?: number;
  /** How many of the next items are predicted (default 10). */
  readonly ahead?: number;
  /** After how many nearer ones a next item counts half (default 3). */
  readonly aheadHalfLife?: number;
  /** What a rating that is no like, which counts 1, counts among those that predict (default 0.5). */
  readonly disliked?: number;
  /** What it counts among those that are predicted (default 0.2). */
  readonly dislikedAhead?: number;
}

/**
 * Fits a sequential linear model, from the items of a moment to the next ones, in closed form: B = (XᵀX + λ)⁻¹ XᵀY, where
 * X and Y have a row for each moment of each user. A row of X has their last items up to it, weighted by age, a row of Y
 * the next ones, weighted by distance. It scores by the last items alone.
 *
 * After SLIT, "Session-aware linear item-item models for session-based recommendation", Choi et al. 2021, section 4.2,
 * which splits sessions into past and future so. Here whole histories take the place of sessions, with windows that keep
 * their moments apart; weights halve by position (its exponentials, in another unit), and nothing is weighted by time;
 * ratings that are no like count less.
 *
 * @throws RangeError where an option is out of range, the log is empty or has more than 20,000 items, or λ is so small
 * beside the ratings that it is lost in rounding.
 */
export async function fitSlit(
  log: RatingLog,
  {
    regularization = 100,
    window = 20,
    halfLife = 3,
    ahead = 10,
    aheadHalfLife = 3,
    disliked = 0.5,
    dislikedAhead = 0.2,
    ...control
  }: SlitOptions = {},
): Promise<SavedLinear> {
  assertPositive({ regularization, halfLife, aheadHalfLife });
  assertPositiveIntegers({ window, ahead });
  const input = { liked: 1, disliked, halfLife, window };
  assertWeights({ disliked, dislikedAhead });
  assertDense(log);
  const work = new FitWork(control);
  const { itemCount } = log;
  const system = new DenseSystem(itemCount);
  addMomentSums(
    log,
    { window, halfLife, ahead, aheadHalfLife },
    rowWeightsOf(log, input),
    rowWeightsOf(log, { liked: 1, disliked: dislikedAhead }),
    system.matrix,
    system.right,
  );
  system.addDiagonal(regularization);
  await system.solve(work.part(0.1, 0.9));
  const weights = Float32Array.from(system.right);
  await work.reach(1);
  const fittedOn = [fingerprintOf(log)];
  return {
    kind: 'linear',
    name: 'SLIT',
    itemCount,
    weights,
    input,
    likedFrom: leastLike(log.scale),
    fittedOn,
  };
}
