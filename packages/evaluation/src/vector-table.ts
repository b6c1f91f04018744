/** One vector for each of many users or items, such as an `EmbeddingTable` of `@rl-recsys/embeddings`. */
export interface VectorTable {
  readonly rows: number;
  /** How long a vector is. */
  readonly size: number;
  /** float32 `[rows, size]`, row by row. */
  readonly vectors: Float32Array;
}
