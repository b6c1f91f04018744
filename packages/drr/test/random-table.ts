import { createEmbeddingTable, type EmbeddingTable } from '@rl-recsys/embeddings';
import type { Random } from '@rl-recsys/random';

export function randomTable(rows: number, size: number, random: Random): EmbeddingTable {
  const vectors = Float32Array.from({ length: rows * size }, () => random.normal());
  return createEmbeddingTable(vectors, size);
}
