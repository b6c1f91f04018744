import type { SavedState } from '@rl-recsys/random';
import { checksumOf, encodeSaved, type RecordStorage } from '@rl-recsys/storage';
import { part, PIECE, type ArrayPlace } from './large-arrays.js';
import { encodeManifest, type Manifest } from './manifest.js';
import { manifestName, recordName } from './names.js';

/** The record of a state beside its large arrays, whose pieces follow it. A type, so that it can be saved. */
export type WrittenState = {
  readonly rest: SavedState;
  readonly arrays: readonly ArrayPlace[];
};

/**
 * Writes a state as records, piece by piece, and last what seals them: until then there is no checkpoint.
 *
 * @param number - which checkpoint it is.
 */
export async function writeCheckpoint(
  storage: RecordStorage,
  number: number,
  state: SavedState,
  facts: Omit<Manifest, 'records'>,
): Promise<void> {
  const records: Record<string, string> = {};
  const write = async (place: number, bytes: Uint8Array) => {
    const name = recordName(number, place);
    records[name] = checksumOf(bytes);
    await storage.write(name, bytes);
    await nextTurn();
  };
  const { rest, arrays } = part(state);
  const written: WrittenState = { rest, arrays: arrays.map(({ place }) => place) };
  await write(0, encodeSaved(written));
  let place = 1;
  for (const { bytes } of arrays) {
    for (let start = 0; start < bytes.length; start += PIECE) {
      await write(place++, bytes.subarray(start, start + PIECE));
    }
  }
  await storage.write(manifestName(number), encodeManifest({ ...facts, records }));
}

/** Lets timers, signals and drawing have their turn, also where a storage answers at once. */
const nextTurn = () => new Promise((resolve) => setTimeout(resolve, 0));
