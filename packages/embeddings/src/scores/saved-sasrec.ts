import type { Fingerprint } from '@rl-recsys/rating-log';
import type { EmbeddingTable } from '../embedding-table.js';

/** One block of self-attention and a dense layer, each behind a layer normalization and beside what it is added to. */
export interface SavedSasrecBlock {
  /** float32 `[d]`, like the next one: the normalization before attention. */
  readonly attentionScale: Float32Array;
  readonly attentionOffset: Float32Array;
  /** float32 `[d, 3d]`, whose columns make queries, keys and values, in this order, each head's d / heads side by side. */
  readonly attentionKernel: Float32Array;
  /** What is attended to becomes what is added: float32 `[d, d]`. */
  readonly attendedKernel: Float32Array;
  /** float32 `[d]`, like the next one: the normalization before the dense layers. */
  readonly hiddenScale: Float32Array;
  readonly hiddenOffset: Float32Array;
  /** float32 `[d, hidden]` */
  readonly hiddenKernel: Float32Array;
  /** float32 `[hidden]` */
  readonly hiddenBias: Float32Array;
  /** float32 `[hidden, d]` */
  readonly outputKernel: Float32Array;
  /** float32 `[d]` */
  readonly outputBias: Float32Array;
}

/** Blocks of self-attention over a history in its order, and vectors of items that what they make of the newest item is held against: plain data. */
export interface SavedSasrec {
  readonly kind: 'sasrec';
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
  /** What is added at each place of the window, the oldest item's first: float32 `[window, d]`. */
  readonly positions: Float32Array;
  /** How many heads share d, which they divide. */
  readonly heads: number;
  readonly blocks: readonly SavedSasrecBlock[];
  /** float32 `[d]`, like the next one: the normalization behind the last block. */
  readonly scale: Float32Array;
  readonly offset: Float32Array;
  /** How many of the most recent items are read. */
  readonly window: number;
  /** The least rating that is a like. */
  readonly likedFrom: number;
  readonly fittedOn: readonly Fingerprint[];
}
