import type { Fingerprint } from '@rl-recsys/rating-log';
import type { EmbeddingTable } from '../embedding-table.js';

/** A gated recurrent unit that reads a history in order, and vectors of items that its last state is held against: plain data. */
export interface SavedGru {
  readonly kind: 'gru';
  readonly name: string;
  readonly itemCount: number;
  /** Vectors of the items, d numbers each: what is read, and what is scored. */
  readonly items: EmbeddingTable;
  /** float32 `[items]` */
  readonly itemBias: Float32Array;
  /** What vectors are multiplied by before they are read. */
  readonly inputScale: number;
  /** What is added to the vector of an item that was not liked, and of one that was: float32 `[2, d]`. */
  readonly opinions: Float32Array;
  /** float32 `[d, 3 units]`, columns in the order z, r, c; see `gruStates` of `@rl-recsys/wasm-kernels`. */
  readonly kernel: Float32Array;
  /** float32 `[units, 3 units]` */
  readonly recurrentKernel: Float32Array;
  /** float32 `[3 units]` */
  readonly bias: Float32Array;
  /** From the last state to a vector: float32 `[units, d]`. */
  readonly outputKernel: Float32Array;
  /** float32 `[d]`, like the next two: the normalization of that vector. */
  readonly outputBias: Float32Array;
  readonly scale: Float32Array;
  readonly offset: Float32Array;
  /** How many of the most recent items are read. */
  readonly window: number;
  /** The least rating that is a like. */
  readonly likedFrom: number;
  readonly fittedOn: readonly Fingerprint[];
}
