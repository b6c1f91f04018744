import { recordStorage, type RecordStorage } from './record-storage.js';

/** Records in memory, gone with the process: for tests, and on the way to {@link toTar}. */
export function memoryStorage(): RecordStorage {
  const records = new Map<string, Uint8Array>();
  return recordStorage({
    read(name) {
      const bytes = records.get(name);
      return bytes && new Uint8Array(bytes);
    },
    write: (name, bytes) => void records.set(name, new Uint8Array(bytes)),
    list: () => [...records.keys()],
    remove: (name) => void records.delete(name),
  });
}
