import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { recordStorage, type RecordStorage } from './record-storage.js';

/**
 * Records as files below a folder, for Node. The folder is made by the first write.
 *
 * A write goes to a hidden file beside the record, to the disk, and then takes the record's name. A crash
 * may leave that file (`.items.bin.….tmp`) behind: it is no record, and may be deleted.
 *
 * @param path - the folder, absolute or from where the process runs now.
 * @throws RangeError where `path` is empty or no text.
 */
export function folderStorage(path: string): RecordStorage {
  if (typeof path !== 'string' || path === '') {
    throw new RangeError(`path: expected the path of a folder, got ${JSON.stringify(path)}`);
  }
  const root = resolve(path);
  return recordStorage({
    async read(name) {
      const bytes = await unlessMissing(readFile(join(root, name)));
      // Not a Buffer, whose slices would share its memory.
      return bytes && new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    },
    write: (name, bytes) => writeWhole(join(root, name), bytes),
    async list() {
      const entries = (await unlessMissing(readdir(root, { recursive: true, withFileTypes: true }))) ?? [];
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
    },
    remove: (name) => rm(join(root, name), { force: true }),
  });
}

async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  const draft = join(folder, `.${basename(file)}.${randomUUID()}.tmp`);
  try {
    const handle = await open(draft, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** Brings the new name to the disk too. Windows opens no folders, and needs no such care. */
async function syncFolder(folder: string): Promise<void> {
  if (sep === '\\') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
