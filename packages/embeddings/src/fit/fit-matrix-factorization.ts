import type { Random } from '@rl-recsys/random';
import { fingerprintOf, type RatingLog } from '@rl-recsys/rating-log';
import { AlternatingLeastSquares } from './alternating-least-squares.js';
import { assertPositive, assertPositiveIntegers } from './fit-arguments.js';
import type { MatrixFactorization, RatingsFoldIn } from '../matrix-factorization.js';
import { ratingLoss } from './validation-loss.js';
import { fitInEpochs, type EarlyStoppingOptions, type FitProgress } from './validation.js';

export interface MatrixFactorizationOptions {
  /** Draws the items' starting vectors; nothing is taken from the stream itself. */
  readonly random: Random;
  /** Dimensions of a vector, the biases apart (default 16). */
  readonly factors?: number;
  /** Whether users and items have biases (default true); without them it is PMF. */
  readonly biases?: boolean;
  /**
   * λ of the vectors, in standard deviations σ of the log's ratings: squared error + λσ‖p‖² + λσ‖q‖² (default 13.5, found on
   * MovieLens, where λσ is about 15 stars).
   */
  readonly regularization?: number;
  /** λ of the biases, a pure number: squared error + λb² (default 5, found on MovieLens). */
  readonly biasRegularization?: number;
  /** Sweeps over all users and all items (default 8; later ones change little). */
  readonly iterations?: number;
  /** Holds out a slice of the log, and stops where it is predicted no better (default: all sweeps). */
  readonly earlyStopping?: EarlyStoppingOptions;
  /** Called after each sweep. */
  readonly onIteration?: (progress: FitProgress) => void;
}

/**
 * Fits a biased matrix factorization by alternating least squares: the users' vectors and biases
 * with the items' fixed, then the other way round, each by a ridge regression in closed form.
 *
 * What a rating is counted in does not matter: of ratings that are c times as large the biases are c times and the vectors √c
 * times as large, and everything ranks alike.
 *
 * Give it the training part of a log only: what it has seen it will rank well. It computes in float32, in
 * a WebAssembly memory that takes 16 bytes a rating and 4 a number of the vectors.
 *
 * See "Large-scale parallel collaborative filtering for the Netflix prize", Zhou et al. 2008; but
 * here a penalty is not multiplied by how many ratings the user or the item has. Without biases it is the
 * most probable model of "Probabilistic matrix factorization", Salakhutdinov and Mnih 2007, equation 4, for
 * ratings less their mean.
 *
 * @throws RangeError where an option is out of range, the log is empty or takes more than 4 GiB, all its ratings are the same
 * (clicks are: see `fitIals`), or the penalties are so small beside the ratings that they are lost in rounding.
 */
export function fitMatrixFactorization(
  log: RatingLog,
  {
    random,
    factors = 16,
    biases = true,
    regularization = 13.5,
    biasRegularization = 5,
    iterations = 8,
    earlyStopping,
    onIteration,
  }: MatrixFactorizationOptions,
): MatrixFactorization {
  assertPositiveIntegers({ factors, iterations });
  assertPositive({ regularization, biasRegularization });
  return fitInEpochs(log, { iterations, earlyStopping, onIteration, lossOn: ratingLoss }, (train) => {
    const { mean, deviation } = meanAndDeviation(train.ratings);
    const rule: RatingsFoldIn = {
      kind: 'ratings',
      regularization: regularization * deviation,
      biasRegularization: biases ? biasRegularization : null,
    };
    const startDeviation = 0.095 * Math.sqrt(deviation); // in the unit of the vectors; 0.1 for stars
    return new AlternatingLeastSquares(train, {
      ...{ random, factors, rule, mean, startDeviation, fittedOn: fingerprintOf(log) },
    });
  });
}

/** @throws RangeError where all ratings are the same. */
function meanAndDeviation(ratings: Float32Array): { mean: number; deviation: number } {
  if (ratings.every((rating) => rating === ratings[0])) {
    throw new RangeError(
      `log: expected ratings that differ, got ${ratings.length} of ${ratings[0]}; of clicks or likes alone fit the ` +
        'items that users did not choose too: fitIals, fitImplicitFactorization or fitBpr',
    );
  }
  const mean = ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
  const squares = ratings.reduce((sum, rating) => sum + (rating - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / ratings.length) };
}
