import type { RecordStorage } from './record-storage.js';
import { BLOCK, writeTarHeader } from './tar-header.js';

/**
 * All records of a storage as one .tar (POSIX ustar), for {@link tarStorage} or any program for archives.
 *
 * The same records give the same bytes. All of them are in memory at once, twice.
 *
 * @throws Error where a record is removed meanwhile, or is larger than 8 GiB.
 */
export async function toTar(storage: RecordStorage): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (const name of await storage.list()) {
    const record = await storage.read(name);
    if (record === undefined) throw new Error(`${name}: expected a record that is listed, it was removed`);
    parts.push(writeTarHeader(name, record.length), record);
  }
  const lengthOf = (part: Uint8Array) => Math.ceil(part.length / BLOCK) * BLOCK;
  const end = 2 * BLOCK;
  const tar = new Uint8Array(parts.reduce((sum, part) => sum + lengthOf(part), end));
  let offset = 0;
  for (const part of parts) {
    tar.set(part, offset);
    offset += lengthOf(part);
  }
  return tar;
}
