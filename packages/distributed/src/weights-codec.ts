import { createHash } from 'node:crypto';
import type { Weights } from '@rl-recsys/agent';

const HASH = 32;

/** Weights as bytes: the SHA-256 of the numbers, and then those, float32, little-endian. */
export function encodeWeights(weights: Weights): Buffer {
  const numbers = Buffer.concat(
    weights.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  );
  return Buffer.concat([createHash('sha256').update(numbers).digest(), numbers]);
}

/**
 * What {@link encodeWeights} wrote.
 *
 * @param sizes - how many numbers each array has.
 * @throws RangeError where they are damaged, of other sizes, or not finite.
 */
export function decodeWeights(bytes: Buffer, sizes: readonly number[]): Weights {
  const expected = HASH + 4 * sizes.reduce((sum, size) => sum + size, 0);
  if (bytes.length !== expected) {
    throw new RangeError(
      `weights: expected ${expected} bytes, as of an actor that was made with the learner's options, got ${bytes.length}`,
    );
  }
  const numbers = bytes.subarray(HASH);
  if (!createHash('sha256').update(numbers).digest().equals(bytes.subarray(0, HASH)))
    throw new RangeError('weights: the checksum is wrong, they are damaged');
  let place = HASH;
  return sizes.map((size) => {
    // A copy, since numbers of 4 bytes may begin at no other byte.
    const values = new Float32Array(new Uint8Array(bytes.subarray(place, place + 4 * size)).buffer);
    place += 4 * size;
    const bad = values.find((value) => !Number.isFinite(value));
    if (bad !== undefined) throw new RangeError(`weights: expected finite numbers, got ${bad}`);
    return values;
  });
}
