import { refuseWrites } from './read-only.js';
import { assertRecordBytes } from './record-name.js';
import { recordStorage, type RecordStorage } from './record-storage.js';
import { BLOCK, readTarHeader } from './tar-header.js';

/**
 * The records in one .tar, for reading alone: what {@link toTar} wrote, or another program in the formats
 * `ustar` and `gnu`. Folders are passed over.
 *
 * All of it is looked at before anything is read: each header's checksum, that each record is there to its
 * last byte, and the two empty blocks of its end.
 *
 * @param bytes - are kept, not copied: don't change them any more.
 * @throws Error where they are no such .tar, are damaged or cut short, or hold a link, a device, a name that
 *   is none of a record (an absolute one, say, or one with `..`), or a name twice.
 */
export function tarStorage(bytes: Uint8Array): RecordStorage {
  assertRecordBytes(bytes);
  const records = indexTar(bytes);
  return recordStorage({
    read(name) {
      const record = records.get(name);
      return record && new Uint8Array(record);
    },
    list: () => [...records.keys()],
    ...refuseWrites('a .tar'),
  });
}

/** Views of the records' bytes by name. */
function indexTar(bytes: Uint8Array): Map<string, Uint8Array> {
  const records = new Map<string, Uint8Array>();
  let offset = 0;
  while (!isEmpty(bytes.subarray(offset, offset + BLOCK))) {
    const { name, size } = readTarHeader(bytes, offset);
    const start = offset + BLOCK;
    if (name !== undefined) {
      const left = bytes.length - start;
      if (size > left) throw new Error(`bytes: expected ${size} bytes of ${name}, got ${left}: cut short`);
      if (records.has(name)) throw new Error(`bytes: expected each name once in a .tar, got ${name} again`);
      records.set(name, bytes.subarray(start, start + size));
    }
    offset = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  const end = bytes.subarray(offset);
  if (end.length < 2 * BLOCK || !isEmpty(end)) {
    throw new Error('bytes: expected empty blocks at the end of a .tar, got something else: cut short');
  }
  return records;
}

function isEmpty(bytes: Uint8Array): boolean {
  return bytes.length > 0 && bytes.every((byte) => byte === 0);
}
