import {
  alone,
  fillFile,
  filesBelow,
  moveFile,
  originRoot,
  placeOf,
  unlessMissing,
  type OpfsDirectory,
} from './opfs-handles.js';
import { recordStorage, type RecordStorage } from './record-storage.js';

/** How often a read begins anew where the record is replaced under it. */
const ATTEMPTS = 100;

/**
 * Records in the browser's origin private file system, in a page or in a worker.
 *
 * A write goes to a file of its own, by `createWritable` or, in workers of browsers without it, by
 * `createSyncAccessHandle`, and then takes the record's name. A page that is closed meanwhile may leave
 * that file (`.items.bin.….tmp`) behind: it is no record.
 *
 * @param directory - a directory of that file system; by default its root.
 */
export function opfsStorage(directory?: OpfsDirectory): RecordStorage {
  const root = async () => directory ?? (await originRoot());
  return recordStorage({
    read: async (name) => readWhole(await root(), name),
    async write(name, bytes) {
      const { folder, base } = await placeOf(await root(), name, true);
      const draft = `.${base}.${crypto.randomUUID()}.tmp`;
      const file = await folder.getFileHandle(draft, { create: true });
      try {
        await fillFile(file, bytes);
        // Chromium refuses one of two moves to the same name at once.
        await alone(name, () => moveFile(file, base));
      } catch (error) {
        await unlessMissing(folder.removeEntry(draft));
        throw error;
      }
    },
    list: async () => filesBelow(await root(), ''),
    async remove(name) {
      const place = await unlessMissing(placeOf(await root(), name, false));
      if (place) await alone(name, () => unlessMissing(place.folder.removeEntry(place.base)));
    },
  });
}

async function readWhole(root: OpfsDirectory, name: string): Promise<Uint8Array | undefined> {
  for (let attempt = 1; ; attempt++) {
    const place = await unlessMissing(placeOf(root, name, false));
    const handle = place && (await unlessMissing(place.folder.getFileHandle(place.base)));
    const file = handle && (await unlessMissing(handle.getFile()));
    if (!file) return undefined;
    try {
      return new Uint8Array(await file.arrayBuffer());
    } catch (error) {
      // The file that was found may have been replaced since: what has the name now can be read.
      if (attempt === ATTEMPTS) throw error;
    }
  }
}
