import type { EmbeddingTable } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import { SEED, SIZES } from '../sizes.js';

/** What vectors vary about their cluster's center, as a share of what centres vary. */
const SPREAD = 0.7;

/**
 * Items and queries that lie as learned vectors do: around as many centres as the square root of the items, with
 * numbers that shrink from dimension to dimension (deviation 1/√d for the d-th), and items' norms that vary by a
 * log-normal factor (σ = 0.3). Normal numbers alone have no neighborhoods.
 */
export function learnedVectors(
  items: number,
  queries: number,
): { items: EmbeddingTable; queries: EmbeddingTable } {
  const random = Random.fromSeed(SEED).fork('learned vectors');
  const size = SIZES.embeddingSize;
  const count = Math.round(Math.sqrt(items));
  const deviations = Float32Array.from({ length: size }, (_, place) => 1 / Math.sqrt(place + 1));
  const centres = Float32Array.from(
    { length: count * size },
    (_, place) => deviations[place % size]! * random.normal(),
  );
  const draw = (rows: number, norm: () => number): EmbeddingTable => {
    const vectors = new Float32Array(rows * size);
    for (let start = 0; start < vectors.length; start += size) {
      const center = random.integer(count) * size;
      const scale = norm();
      for (let place = 0; place < size; place++) {
        const around = SPREAD * deviations[place]! * random.normal();
        vectors[start + place] = scale * (centres[center + place]! + around);
      }
    }
    return { rows, size, vectors };
  };
  return { items: draw(items, () => Math.exp(0.3 * random.normal())), queries: draw(queries, () => 1) };
}
