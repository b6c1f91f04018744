import type { SavedState } from '@rl-recsys/random';
import { checksumOf, decodeSaved, type RecordStorage } from '@rl-recsys/storage';
import { emptyArray, PIECE, put } from './large-arrays.js';
import { decodeManifest, type Manifest } from './manifest.js';
import { manifestName, numberOf, recordName } from './names.js';
import type { WrittenState } from './write.js';

/**
 * What a checkpoint says of itself, once its seal has been found whole; its records are not looked at.
 *
 * @throws Error that names the record that is missing, damaged, of another version or another's.
 */
export async function readManifest(storage: RecordStorage, number: number, of: string): Promise<Manifest> {
  const name = manifestName(number);
  const bytes = await storage.read(name);
  if (bytes === undefined) throw new Error(`${name}: is missing`);
  try {
    return decodeManifest(bytes, of);
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * The state of a checkpoint, every record of which has been found whole.
 *
 * @param names - all records that there are: what a storage reads but does not list, such as a link that leads elsewhere, is none.
 * @throws Error that names the record that is missing, has changed or does not belong to it.
 */
export async function readState(
  storage: RecordStorage,
  number: number,
  { records }: Manifest,
  names: readonly string[],
): Promise<SavedState> {
  const stranger = names.find(
    (name) => numberOf(name) === number && name !== manifestName(number) && !Object.hasOwn(records, name),
  );
  if (stranger !== undefined) throw new Error(`${stranger}: does not belong to the checkpoint`);
  const listed = new Set(names);
  const missing = Object.keys(records).find((name) => !listed.has(name));
  if (missing !== undefined) throw new Error(`${missing}: is missing`);
  const read = async (place: number): Promise<Uint8Array> => {
    const name = recordName(number, place);
    const hash = records[name];
    const bytes = hash === undefined ? undefined : await storage.read(name);
    if (bytes === undefined) throw new Error(`${name}: is missing`);
    if (checksumOf(bytes) !== hash) throw new Error(`${name}: has changed`);
    return bytes;
  };
  const { rest, arrays } = decodeSaved(await read(0)) as unknown as WrittenState;
  let state = rest;
  let next = 1;
  for (const place of arrays) {
    const array = emptyArray(place);
    const bytes = new Uint8Array(array.buffer, 0, array.byteLength);
    for (let start = 0; start < bytes.length; start += PIECE) {
      const piece = await read(next++);
      if (piece.length !== Math.min(PIECE, bytes.length - start))
        throw new Error(
          `${recordName(number, next - 1)}: expected another length, got ${piece.length} bytes`,
        );
      bytes.set(piece, start);
    }
    state = put(state, place, array);
  }
  return state;
}
