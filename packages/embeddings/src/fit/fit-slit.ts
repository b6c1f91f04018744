import { fingerprintOf, leastLike, type RatingLog } from '@rl-recsys/rating-log';
import { DenseMatrix } from '../dense/dense-matrix.js';
import { multiplyNegated } from '../dense/multiply.js';
import { KernelMemory } from '../memory/kernel-memory.js';
import type { SavedLinear } from '../scores/linear-scorer.js';
import { assertWeights } from '../scores/history-weights.js';
import { denseItems } from './dense-items.js';
import { assertPositive, assertPositiveIntegers } from './fit-arguments.js';
import { FitWork, type FitControl } from './fit-control.js';
import { rowWeightsOf } from './item-gram.js';
import { addMomentSums } from './moment-sums.js';
import { invertRidge } from './ridge-inverse.js';

/** The defaults were found on slices of the training parts of MovieLens 100K and 1M. */
export interface SlitOptions extends FitControl {
  /** λ (default 300). */
  readonly regularization?: number;
  /** How many of the most recent items predict (default 20). */
  readonly window?: number;
  /** After how many more recent items one counts half (default 5). */
  readonly halfLife?: number;
  /** How many of the next items are predicted (default 20). */
  readonly ahead?: number;
  /** After how many nearer ones a next item counts half (default 5). */
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
 * ratings that are no like count less. It computes in float32, takes time with the cube of the items, and 4 bytes for each
 * pair of them, three times while it fits; so beyond 20,000 items it looks at the 4,000 alone that were rated most, and gives all
 * others 0.
 *
 * @throws RangeError where an option is out of range, the log is empty, or λ is so small
 * beside the ratings that it is lost in rounding.
 */
export async function fitSlit(
  log: RatingLog,
  {
    regularization = 300,
    window = 20,
    halfLife = 5,
    ahead = 20,
    aheadHalfLife = 5,
    disliked = 0.5,
    dislikedAhead = 0.2,
    ...control
  }: SlitOptions = {},
): Promise<SavedLinear> {
  assertPositive({ regularization, halfLife, aheadHalfLife });
  assertPositiveIntegers({ window, ahead });
  const input = { liked: 1, disliked, halfLife, window };
  assertWeights({ disliked, dislikedAhead });
  const { log: known, ...part } = denseItems(log);
  const work = new FitWork(control);
  const { itemCount } = known;
  const memory = new KernelMemory('log');
  const [gram, products] = [new DenseMatrix(memory, itemCount), new DenseMatrix(memory, itemCount)];
  const counts = {
    input: rowWeightsOf(known, { liked: 1, disliked }),
    target: rowWeightsOf(known, { liked: 1, disliked: dislikedAhead }),
  };
  const windows = { window, halfLife, ahead, aheadHalfLife };
  await addMomentSums(known, windows, counts, gram, products, work.part(0, 0.1));
  await invertRidge(memory, gram, regularization, work.part(0.1, 0.4));
  await multiplyNegated(memory, gram, products, work.part(0.4, 0.95));
  await work.reach(1);
  const fittedOn = [fingerprintOf(log)];
  return {
    kind: 'linear',
    name: 'SLIT',
    itemCount: log.itemCount,
    ...part,
    weights: products.copy(),
    input,
    likedFrom: leastLike(log.scale),
    fittedOn,
  };
}
