import type { BlockPlace } from '@rl-recsys/embeddings';
import type { Fingerprint } from '@rl-recsys/rating-log';
import { scoreItems } from './ranking.js';
import { assertRows, assertSameSize, type EmbeddingTables } from './tables.js';
import { usedDimensions } from './used-dimensions.js';

/** A policy that ranks by the vectors of users and items alone. */
export interface VectorPolicy {
  readonly name: string;
  readonly fittedOn: readonly Fingerprint[];
  /** Writes to `scores[i]` the inner product of the user's vector with that of `items[i]`. */
  score(observation: { readonly user: number }, items: Int32Array, scores: Float32Array): void;
}

/**
 * Ranks by the inner products of users' and items' vectors: a factorization, or blocks of some.
 *
 * @param tables - must not change afterwards.
 * @throws RangeError where the vectors differ in length.
 */
export function vectorPolicy(name: string, tables: EmbeddingTables): VectorPolicy {
  assertSameSize(tables);
  const { users, items: table, fittedOn = [] } = usedDimensions(tables);
  const { size, vectors } = users;
  return {
    name,
    fittedOn,
    score({ user }, items, scores) {
      assertRows(users, 'user', [user]);
      scoreItems(vectors.subarray(user * size, (user + 1) * size), table, items, scores);
    },
  };
}

/**
 * The same vectors with each block of the users' multiplied by its weight.
 *
 * @throws RangeError where a block has no weight, or a weight no block; it is named.
 */
export function weighBlocks(
  tables: EmbeddingTables,
  blocks: readonly BlockPlace[],
  weights: Readonly<Record<string, number>>,
): EmbeddingTables {
  const names = blocks.map(({ name }) => name);
  for (const name of new Set([...names, ...Object.keys(weights)])) {
    if (!names.includes(name))
      throw new RangeError(`weights: expected a block ${name}, got ${names.join(', ')}`);
    if (!Number.isFinite(weights[name])) {
      throw new RangeError(`weights: expected a number for ${name}, got ${weights[name]}`);
    }
  }
  const { rows, size, vectors } = tables.users;
  const weighed = vectors.slice();
  for (const block of blocks) {
    for (let row = 0; row < rows; row++) {
      const first = row * size + block.start;
      for (let place = first; place < first + block.size; place++) weighed[place]! *= weights[block.name]!;
    }
  }
  return { ...tables, users: { rows, size, vectors: weighed } };
}
