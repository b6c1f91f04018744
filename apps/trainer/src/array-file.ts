import { readFile, writeFile } from 'node:fs/promises';
import { decode, encode } from '@msgpack/msgpack';

const arrayTypes = { int32: Int32Array, float32: Float32Array, float64: Float64Array };

type DType = keyof typeof arrayTypes;
type NumberArray = Int32Array | Float32Array | Float64Array;

/** Named typed arrays in one MessagePack file: for each its dtype and its bytes, little-endian. */
export async function writeArrays(file: string, arrays: Record<string, NumberArray>): Promise<void> {
  const entries = Object.entries(arrays).map(([name, array]) => {
    const dtype = array.constructor.name.replace('Array', '').toLowerCase();
    return [name, { dtype, bytes: new Uint8Array(array.buffer, array.byteOffset, array.byteLength) }];
  });
  await writeFile(file, encode(Object.fromEntries(entries)));
}

/** The arrays that {@link writeArrays} wrote. */
export async function readArrays<Names extends Record<string, NumberArray>>(file: string): Promise<Names> {
  const entries = decode(await readFile(file)) as Record<string, { dtype: DType; bytes: Uint8Array }>;
  return Object.fromEntries(
    // The bytes are copied because a view must begin at a multiple of its element's size.
    Object.entries(entries).map(([name, { dtype, bytes }]) => [
      name,
      new arrayTypes[dtype](new Uint8Array(bytes).buffer),
    ]),
  ) as Names;
}
