import type { Fingerprint } from '@rl-recsys/rating-log';
import { createEmbeddingTable, type EmbeddingTable } from './embedding-table.js';

/**
 * How a user's vector is found where the items' are given: what a fit did, or what comes nearest to it.
 * Plain JSON.
 */
export type FoldInRule = RatingsFoldIn | LikesFoldIn | IalsFoldIn;

/** Ridge regression of the user's ratings on the items' vectors. */
export interface RatingsFoldIn {
  readonly kind: 'ratings';
  /** λ of the vector. */
  readonly regularization: number;
  /** λ of the user's bias; null where the model has no biases, and the user gets none. */
  readonly biasRegularization: number | null;
}

/** Ridge regression of 1 for what the user likes and 0 for all other items, likes weighing 1 + α. */
export interface LikesFoldIn {
  readonly kind: 'likes';
  /** λ of the vector. */
  readonly regularization: number;
  /** α: how much more a like weighs than any other item, which weighs 1. */
  readonly confidence: number;
  /** The least rating that is a like. */
  readonly likedFrom: number;
}

/**
 * Ridge regression of 1 for what the user likes, with weight 1, and of 0 for all items, with weight α₀; the penalty grows
 * with what is regressed on. A user of n likes out of a catalogue of m items has λ (n + α₀ m)^ν.
 */
export interface IalsFoldIn {
  readonly kind: 'ials';
  /** λ of the vector. */
  readonly regularization: number;
  /** α₀: what any item weighs, liked or not. */
  readonly unobservedWeight: number;
  /** ν: 0 penalizes all users alike, 1 in proportion to what they are regressed on. */
  readonly exponent: number;
  /** The least rating that is a like. */
  readonly likedFrom: number;
}

/**
 * A fitted matrix factorization: score = mean + userBias + itemBias + p·q, which is the expected rating
 * where it was fitted on ratings. Fits without biases have zeros for them, fits of likes a mean of 0 too.
 *
 * See "Matrix factorization techniques for recommender systems", Koren, Bell and Volinsky 2009.
 */
export interface MatrixFactorization {
  /** The mean rating of the log; 0 where likes were fitted. */
  readonly mean: number;
  /** float32 `[users]` */
  readonly userBias: Float32Array;
  /** float32 `[items]` */
  readonly itemBias: Float32Array;
  /** `[users, factors]`; zeros for a user without ratings. */
  readonly users: EmbeddingTable;
  /** `[items, factors]`; zeros for an item without ratings. */
  readonly items: EmbeddingTable;
  /** What it has seen: measuring it there is cheating. */
  readonly fittedOn: Fingerprint;
  /** How to find the vector of another user, or of the same after more ratings. */
  readonly foldIn: FoldInRule;
}

/**
 * The expected rating of `item` by `user`, not clipped to the scale.
 *
 * @throws RangeError where there is no such user or item.
 */
export function predictRating(model: MatrixFactorization, user: number, item: number): number {
  const { users, items } = model;
  assertRow('user', user, users);
  assertRow('item', item, items);
  let rating = model.mean + model.userBias[user]! + model.itemBias[item]!;
  for (let factor = 0; factor < users.size; factor++) {
    rating += users.vectors[user * users.size + factor]! * items.vectors[item * items.size + factor]!;
  }
  return rating;
}

/**
 * Item vectors with the bias as a last dimension, `[q, itemBias]`: `[items, factors + 1]`.
 *
 * Their inner product with a row of {@link userTable} ranks items as {@link predictRating} does.
 */
export function itemTable(model: MatrixFactorization): EmbeddingTable {
  return withLastColumn(model.items, model.itemBias);
}

/** User vectors with a constant last dimension, `[p, 1]`: `[users, factors + 1]`. */
export function userTable(model: MatrixFactorization): EmbeddingTable {
  return withLastColumn(model.users, new Float32Array(model.users.rows).fill(1));
}

function assertRow(name: string, row: number, { rows }: EmbeddingTable): void {
  if (!(Number.isInteger(row) && row >= 0 && row < rows)) {
    throw new RangeError(`${name}: expected 0 to ${rows - 1}, got ${row}`);
  }
}

function withLastColumn({ rows, size, vectors }: EmbeddingTable, column: Float32Array): EmbeddingTable {
  const wider = new Float32Array(rows * (size + 1));
  for (let row = 0; row < rows; row++) {
    wider.set(vectors.subarray(row * size, (row + 1) * size), row * (size + 1));
    wider[row * (size + 1) + size] = column[row]!;
  }
  return createEmbeddingTable(wider, size + 1);
}
