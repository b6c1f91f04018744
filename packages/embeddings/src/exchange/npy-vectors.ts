import { createEmbeddingTable, type EmbeddingTable } from '../embedding-table.js';
import { readNpy, writeNpy } from './npy-array.js';

/** A table as an NPY file for `numpy.load`: float32 `[rows, size]`. Its ids go by {@link encodeIds}. */
export function encodeNpy({ rows, size, vectors }: EmbeddingTable): Uint8Array {
  const data = new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength);
  return writeNpy({ type: '<f4', shape: [rows, size] }, data);
}

/**
 * The table of an NPY file that `numpy.save` wrote: float32, or float64 that is rounded to it, in C order. An array of
 * one dimension is a table of size 1. Its ids come by {@link decodeIds}.
 *
 * @throws RangeError where the file is something else or damaged, or a number is not finite; it names the row.
 */
export function decodeNpy(bytes: Uint8Array): EmbeddingTable {
  const { type, shape, data } = readNpy(bytes, ['<f4', '<f8']);
  const [, size = 1] = shape;
  if (shape.length < 1 || shape.length > 2 || size === 0) {
    throw new RangeError(`bytes: expected a shape (rows,) or (rows, size), got (${shape.join(', ')})`);
  }
  const vectors = type === '<f4' ? new Float32Array(data) : Float32Array.from(new Float64Array(data));
  return createEmbeddingTable(vectors, size);
}
