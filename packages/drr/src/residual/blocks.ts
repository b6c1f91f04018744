import type { BlockPlace } from '@rl-recsys/embeddings';
import * as tf from '@tensorflow/tfjs-core';

/**
 * `[blocks, k]`: 1 where a dimension belongs to a block. A product with it gives each dimension its block's
 * number; one with its transpose adds up each block.
 */
export function blockMembership(blocks: readonly BlockPlace[], embeddingSize: number): tf.Tensor2D {
  const members = new Float32Array(blocks.length * embeddingSize);
  for (const [row, { start, size }] of blocks.entries()) {
    members.fill(1, row * embeddingSize + start, row * embeddingSize + start + size);
  }
  return tf.tensor2d(members, [blocks.length, embeddingSize]);
}

/** @throws RangeError where blocks have a name in common, or are not all dimensions, one after the other. */
export function assertBlocks(blocks: readonly BlockPlace[], embeddingSize: number): void {
  let end = 0;
  for (const { name, start, size } of blocks) {
    if (start !== end || !(Number.isSafeInteger(size) && size > 0)) {
      throw new RangeError(
        `blocks: expected ${name} to begin at ${end} with a size, got ${start} and ${size}`,
      );
    }
    end += size;
  }
  if (end !== embeddingSize) throw new RangeError(`blocks: expected ${embeddingSize} dimensions, got ${end}`);
  const names = blocks.map(({ name }) => name);
  if (new Set(names).size < names.length) {
    throw new RangeError(`blocks: expected different names, got ${names.join(', ')}`);
  }
}
