import { fingerprintOf, type RatingLog } from '@rl-recsys/rating-log';
import { DescentMemory } from '../memory/descent-memory.js';
import { assertDescent, type DescentOptions } from './descent-options.js';
import type { MatrixFactorization } from '../matrix-factorization.js';
import { rowUsersOf } from './row-users.js';
import { ratingLoss } from './validation-loss.js';
import { fitInEpochs } from './validation.js';

/** The length of a starting vector, on average; found on MovieLens. */
const START_LENGTH = 0.3;

/** What {@link fitMatrixFactorizationBySgd} takes. The learning rate is 0.03 and its decay 0.95 by default. */
export interface SgdOptions extends DescentOptions {
  /** Whether users and items have biases (default true); without them it is PMF. */
  readonly biases?: boolean;
  /** λ of the vectors, for each rating: error² + λ‖p‖² + λ‖q‖² (default 0.08, found on MovieLens). */
  readonly regularization?: number;
  /** λ of the biases, for each rating (default 0.02, found on MovieLens). */
  readonly biasRegularization?: number;
  /** Epochs, each over all ratings in a new order (default 30). */
  readonly iterations?: number;
}

/**
 * Fits a biased matrix factorization by stochastic gradient descent: for each rating, in a new random
 * order each epoch, a step against the gradient of its squared error and of the penalties.
 *
 * The steps are learningRate · learningRateDecay^epoch long, with the first epoch's number 0. The defaults
 * were found on a slice of the training part of MovieLens 100K and 1M; unlike `fitMatrixFactorization` a
 * penalty counts once for each rating, and so for users and items in proportion to their ratings.
 *
 * Give it the training part of a log only: what it has seen it will rank well. It computes in float32, in a
 * WebAssembly memory that takes 16 bytes a rating and 4 a number of the vectors.
 *
 * See "Matrix factorization techniques for recommender systems", Koren, Bell and Volinsky 2009, equation 5
 * and the update rules of its section on learning algorithms. Without biases it is "Probabilistic matrix
 * factorization", Salakhutdinov and Mnih 2007, equation 4, for ratings less their mean. To fold a user in,
 * which is a ridge regression, the model takes the penalties of a user with an average number of ratings.
 *
 * @throws RangeError where an option is out of range, the log is empty or takes more than 4 GiB, or the
 * learning rate is so large that the fit diverges.
 */
export function fitMatrixFactorizationBySgd(
  log: RatingLog,
  {
    random,
    biases = true,
    factors = 16,
    regularization = 0.08,
    biasRegularization = 0.02,
    learningRate = 0.03,
    learningRateDecay = 0.95,
    iterations = 30,
    earlyStopping,
    onIteration,
  }: SgdOptions,
): MatrixFactorization {
  assertDescent(
    { factors, iterations },
    { regularization, biasRegularization },
    { learningRate, learningRateDecay },
  );
  const fittedOn = fingerprintOf(log);
  return fitInEpochs(log, { iterations, earlyStopping, onIteration, lossOn: ratingLoss }, (train) => {
    const { userCount, itemCount, items, offsets, ratings } = train;
    const count = ratings.length;
    const perUser = count / offsets.filter((end, place) => end > (offsets[place - 1] ?? end)).length;
    const mean = ratings.reduce((sum, rating) => sum + rating, 0) / count;
    const memory = new DescentMemory({ userCount, itemCount, users: rowUsersOf(train), items }, factors);
    const { kernels, at, stride } = memory;
    memory.ratings.set(ratings);
    memory.drawVectors(random, START_LENGTH);
    const orders = random.fork('order');
    let rate = learningRate;
    return {
      advance: () => {
        orders.shuffle(memory.order);
        kernels.descendRatings(
          at.order,
          count,
          at.rowUsers,
          at.rowItems,
          at.rowValues,
          at.users,
          at.items,
          at.userBias,
          at.itemBias,
          stride,
          mean,
          rate,
          regularization,
          biases ? rate : 0,
          biasRegularization,
        );
        rate *= learningRateDecay;
      },
      model: () => ({
        mean,
        ...memory.copyFactors(),
        fittedOn,
        foldIn: {
          kind: 'ratings',
          regularization: regularization * perUser,
          biasRegularization: biases ? biasRegularization * perUser : null,
        },
      }),
    };
  });
}
