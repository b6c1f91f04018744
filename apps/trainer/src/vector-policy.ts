import type { EmbeddingTables } from '@rl-recsys/drr';
import type { BlockPlace } from '@rl-recsys/embeddings';
import { scoredBy, type Policy } from '@rl-recsys/evaluation';

/** Ranks by the inner products of users' and items' vectors. */
export function vectorPolicy(name: string, { users, items, fittedOn = [] }: EmbeddingTables): Policy {
  const { size } = items;
  const scoreOf = (user: number, item: number) => {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += users.vectors[user * size + k]! * items.vectors[item * size + k]!;
    return sum;
  };
  return scoredBy(name, scoreOf, { fittedOn });
}

/** The same vectors with each block of the users' multiplied by its weight. */
export function weighBlocks(
  tables: EmbeddingTables,
  blocks: readonly BlockPlace[],
  weights: Readonly<Record<string, number>>,
): EmbeddingTables {
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
