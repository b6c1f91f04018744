import { assertPositiveInteger } from './assert.js';
import type { Columns, Fields } from './fields.js';
import { allocateColumns } from './record-layout.js';

/** A sampled batch in typed arrays, made once and filled again and again. */
export interface Batch<F extends Fields> {
  /** float64 `[batch]`: which transitions these are, for `updatePriorities`. */
  readonly ids: Float64Array;
  /** float32 `[batch]`: what to multiply each transition's loss by; all 1 where replay is uniform. */
  readonly weights: Float32Array;
  /** One `[batch, size]` column a field. */
  readonly columns: Columns<F>;
}

/**
 * An empty batch.
 *
 * @param batchSize - how many transitions it takes.
 * @throws RangeError where `batchSize` is not a positive integer.
 */
export function allocateBatch<F extends Fields>(fields: F, batchSize: number): Batch<F> {
  assertPositiveInteger('batchSize', batchSize);
  return {
    ids: new Float64Array(batchSize),
    weights: new Float32Array(batchSize),
    columns: allocateColumns(fields, batchSize),
  };
}
