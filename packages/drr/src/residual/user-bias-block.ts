import { createEmbeddingTable, type EmbeddingBlock, type MatrixFactorization } from '@rl-recsys/embeddings';

/** What the critic should know of a user, though it ranks nothing: items have a 0 for it. */
export function userBiasBlock({ userBias, items, fittedOn }: MatrixFactorization): EmbeddingBlock {
  return {
    name: 'user bias',
    users: createEmbeddingTable(userBias, 1),
    items: createEmbeddingTable(new Float32Array(items.rows), 1),
    fittedOn: [fittedOn],
  };
}
