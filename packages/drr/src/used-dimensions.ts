import type { EmbeddingTable } from '@rl-recsys/embeddings';
import type { EmbeddingTables } from './tables.js';

/**
 * The same inner products by shorter vectors, where some dimensions are 0 for every user, such as those of a block
 * without weight: what counts for nothing is not read.
 */
export function usedDimensions(tables: EmbeddingTables): EmbeddingTables {
  const { users, items } = tables;
  const isUsed = new Uint8Array(users.size);
  for (let row = 0; row < users.rows; row++) {
    for (let place = 0; place < users.size; place++) {
      if (users.vectors[row * users.size + place] !== 0) isUsed[place] = 1;
    }
  }
  const places = Int32Array.from(isUsed.keys()).filter((place) => isUsed[place] === 1);
  // Vectors without any dimension would be none.
  if (places.length === users.size || places.length === 0) return tables;
  return { ...tables, users: taken(users, places), items: taken(items, places) };
}

function taken({ rows, size, vectors }: EmbeddingTable, places: Int32Array): EmbeddingTable {
  const shorter = new Float32Array(rows * places.length);
  let next = 0;
  for (let row = 0; row < rows; row++) {
    for (const place of places) shorter[next++] = vectors[row * size + place]!;
  }
  return { rows, size: places.length, vectors: shorter };
}
