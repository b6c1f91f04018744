import { createEmbeddingTable, type EmbeddingTable } from '@rl-recsys/embeddings';
import type { Random } from '@rl-recsys/random';

/** So many things have a dimension each: a table of more would grow with the square of their number. */
const MOST_DIMENSIONS = 1024;

/** Numbers in the vectors of more things than that; our choice. */
const RANDOM_SIZE = 256;

/**
 * Vectors of length 1 for things of which nothing else is known: each is a dimension of its own, or where they are too many for that
 * a random direction, nearly orthogonal to all others.
 *
 * See "Extensions of Lipschitz mappings into a Hilbert space", Johnson and Lindenstrauss 1984.
 *
 * @param random - draws the directions.
 * @returns `[count, size]`, every number from −1 to 1.
 */
export function unknownVectors(count: number, random: Random): EmbeddingTable {
  const size = count <= MOST_DIMENSIONS ? count : RANDOM_SIZE;
  const vectors = new Float32Array(count * size);
  for (let row = 0; row < count; row++) {
    const own = vectors.subarray(row * size, (row + 1) * size);
    if (size === count) own[row] = 1;
    else drawDirection(own, random);
  }
  return createEmbeddingTable(vectors, size);
}

/** A direction uniform over all there are. */
function drawDirection(vector: Float32Array, random: Random): void {
  for (let place = 0; place < vector.length; place++) vector[place] = random.normal();
  const length = Math.hypot(...vector);
  for (let place = 0; place < vector.length; place++) vector[place]! /= length;
}
