import type { Random } from '@rl-recsys/random';
import type { RatingLog } from '@rl-recsys/rating-log';
import { createEmbeddingTable } from './embedding-table.js';
import type { MatrixFactorization } from './matrix-factorization.js';
import { NormalEquations } from './normal-equations.js';

export interface MatrixFactorizationOptions {
  /** Draws the items' starting vectors; nothing is taken from the stream itself. */
  readonly random: Random;
  /** Dimensions of a vector, the biases apart (default 16). */
  readonly factors?: number;
  /** λ of the vectors: squared error + λ‖p‖² + λ‖q‖² (default 15, found on MovieLens). */
  readonly regularization?: number;
  /** λ of the biases (default 5, found on MovieLens). */
  readonly biasRegularization?: number;
  /** Sweeps over all users and all items (default 8; later ones change little). */
  readonly iterations?: number;
  /** Called after each sweep with how many are done. */
  readonly onIteration?: (done: number) => void;
}

/**
 * Fits a biased matrix factorisation by alternating least squares: the users' vectors and biases
 * with the items' fixed, then the other way round, each by a ridge regression in closed form.
 *
 * Give it the training part of a log only: what it has seen it will rank well.
 *
 * See "Large-scale parallel collaborative filtering for the Netflix prize", Zhou et al. 2008; but
 * here a penalty is not multiplied by how many ratings the user or the item has.
 *
 * @throws RangeError where an option is out of range, the log is empty, or the penalties are so small
 * beside the ratings that they are lost in rounding.
 */
export function fitMatrixFactorization(
  log: RatingLog,
  {
    random,
    factors = 16,
    regularization = 15,
    biasRegularization = 5,
    iterations = 8,
    onIteration,
  }: MatrixFactorizationOptions,
): MatrixFactorization {
  assertOptions({ factors, iterations }, { regularization, biasRegularization });
  if (log.items.length === 0) throw new RangeError('log: expected ratings, got none');

  const mean = log.ratings.reduce((sum, rating) => sum + rating, 0) / log.ratings.length;
  const userSide = { offsets: log.offsets, partners: log.items, ratings: log.ratings };
  const itemSide = byItem(log);
  const users = zeroFactors(log.userCount, factors); // solved first, so where they start does not matter
  const items = zeroFactors(log.itemCount, factors);
  const start = random.fork('items');
  for (let index = 0; index < items.vectors.length; index++) items.vectors[index] = 0.1 * start.normal();
  const ridge = { mean, regularization, biasRegularization };
  for (let iteration = 0; iteration < iterations; iteration++) {
    solveSide(users, items, userSide, ridge);
    solveSide(items, users, itemSide, ridge);
    onIteration?.(iteration + 1);
  }
  return {
    mean,
    userBias: Float32Array.from(users.bias),
    itemBias: Float32Array.from(items.bias),
    users: createEmbeddingTable(Float32Array.from(users.vectors), factors),
    items: createEmbeddingTable(Float32Array.from(items.vectors), factors),
  };
}

/** Vectors and biases of one side, in double precision while they are being fitted. */
interface Factors {
  readonly size: number;
  readonly bias: Float64Array;
  readonly vectors: Float64Array;
}

/** Ratings grouped by one side: row r's are at `offsets[r]` to `offsets[r + 1] - 1`. */
interface Grouped {
  readonly offsets: Int32Array;
  /** The other side's index of each rating. */
  readonly partners: Int32Array;
  readonly ratings: Float32Array;
}

function zeroFactors(rows: number, size: number): Factors {
  return { size, bias: new Float64Array(rows), vectors: new Float64Array(rows * size) };
}

/** One half of a sweep: for each row, ridge regression of its ratings on `[partner's vector, 1]`. */
function solveSide(
  own: Factors,
  other: Factors,
  { offsets, partners, ratings }: Grouped,
  ridge: { mean: number; regularization: number; biasRegularization: number },
): void {
  const { size } = own;
  const equations = new NormalEquations(size + 1);
  for (let row = 0; row + 1 < offsets.length; row++) {
    equations.reset();
    for (let place = offsets[row]!; place < offsets[row + 1]!; place++) {
      const partner = partners[place]!;
      const features = equations.nextFeatures(ratings[place]! - ridge.mean - other.bias[partner]!);
      for (let k = 0; k < size; k++) features[k] = other.vectors[partner * size + k]!;
      features[size] = 1; // the bias's
    }
    const solution = equations.solve((k) => (k < size ? ridge.regularization : ridge.biasRegularization));
    own.vectors.set(solution.subarray(0, size), row * size);
    own.bias[row] = solution[size]!;
  }
}

/** The same ratings grouped by item, each item's in the order of its users. */
function byItem(log: RatingLog): Grouped {
  const offsets = new Int32Array(log.itemCount + 1);
  for (const item of log.items) offsets[item + 1]! += 1;
  for (let item = 0; item < log.itemCount; item++) offsets[item + 1]! += offsets[item]!;
  const next = offsets.slice();
  const partners = new Int32Array(log.items.length);
  const ratings = new Float32Array(log.items.length);
  for (let user = 0; user < log.userCount; user++) {
    for (let row = log.offsets[user]!; row < log.offsets[user + 1]!; row++) {
      const place = next[log.items[row]!]!++;
      partners[place] = user;
      ratings[place] = log.ratings[row]!;
    }
  }
  return { offsets, partners, ratings };
}

function assertOptions(counts: Record<string, number>, penalties: Record<string, number>): void {
  for (const [name, value] of Object.entries(counts)) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`${name}: expected a positive integer, got ${value}`);
    }
  }
  for (const [name, value] of Object.entries(penalties)) {
    if (!(value > 0 && value < Infinity))
      throw new RangeError(`${name}: expected a positive number, got ${value}`);
  }
}
