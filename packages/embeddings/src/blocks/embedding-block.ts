import { fingerprintOf, type Fingerprint, type RatingLog } from '@rl-recsys/rating-log';
import { createEmbeddingTable, type EmbeddingTable } from '../embedding-table.js';
import type { MatrixFactorization } from '../matrix-factorization.js';

/** Vectors of users and items whose inner products say one thing about a pair, such as its rating. */
export interface EmbeddingBlock {
  readonly name: string;
  /** `[users, size]` */
  readonly users: EmbeddingTable;
  /** `[items, size]` */
  readonly items: EmbeddingTable;
  /** What the numbers have seen: measuring them there is cheating. */
  readonly fittedOn: readonly Fingerprint[];
}

/** `ratings`: p and q of a model of ratings. Their inner product is what the biases leave of a rating. */
export function ratingsBlock({ users, items, fittedOn }: MatrixFactorization): EmbeddingBlock {
  return { name: 'ratings', users, items, fittedOn: [fittedOn] };
}

/** `bias`: 1 for a user and the bias for an item. */
export function biasBlock({ users, itemBias, fittedOn }: MatrixFactorization): EmbeddingBlock {
  const items = createEmbeddingTable(itemBias.slice(), 1);
  return { name: 'bias', users: ones(users.rows), items, fittedOn: [fittedOn] };
}

/** `likes`: the vectors of a model of likes, without its biases. */
export function likesBlock({ users, items, fittedOn }: MatrixFactorization): EmbeddingBlock {
  return { name: 'likes', users, items, fittedOn: [fittedOn] };
}

/**
 * `popularity`: 1 for a user and (log(1 + n) − mean) / 3 for an item with n interactions, the mean that of
 * log(1 + n) over all items.
 *
 * A third of it is about as large as the other blocks' numbers.
 *
 * @param log - the training part of a log.
 */
export function popularityBlock(log: RatingLog): EmbeddingBlock {
  const counts = new Float64Array(log.itemCount);
  for (const item of log.items) counts[item]! += 1;
  const logs = counts.map((count) => Math.log1p(count));
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  const items = createEmbeddingTable(
    Float32Array.from(logs, (value) => (value - mean) / 3),
    1,
  );
  return { name: 'popularity', users: ones(log.userCount), items, fittedOn: [fingerprintOf(log)] };
}

function ones(rows: number): EmbeddingTable {
  return createEmbeddingTable(new Float32Array(rows).fill(1), 1);
}
