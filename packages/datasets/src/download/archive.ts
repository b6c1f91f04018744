import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { unzipSync, type UnzipFileInfo } from 'fflate';
import { DatasetError } from '../dataset-error.js';

/** What an archive may hold once it is unpacked, 4 GiB: four times MovieLens 32M, the largest that is known. */
const MOST_BYTES = 2 ** 32;

/**
 * Unpacks a zip file and puts its folder `name` at `target`.
 *
 * The target appears at once and complete: what a crash leaves behind is never taken for it.
 *
 * @throws DatasetError where the file is no zip file, lacks the folder, would unpack to more than 4 GiB, or has a path that
 * leads out of where it is unpacked; nothing is written then.
 */
export async function unpack(archive: string, name: string, target: string): Promise<void> {
  const bytes = await readFile(archive);
  const entries = entriesOf(archive, bytes);
  const paths = entries.map(({ name: path }) => path);
  if (!paths.some((path) => path.startsWith(`${name}/`))) {
    throw new DatasetError(`${archive}: expected a folder ${name}, got ${paths.join(', ')}`);
  }
  const escaping = paths.find(leadsOut);
  if (escaping !== undefined) {
    throw new DatasetError(`${archive}: expected paths inside the archive, got ${JSON.stringify(escaping)}`);
  }
  const size = entries.reduce((sum, { originalSize }) => sum + originalSize, 0);
  if (size > MOST_BYTES) {
    throw new DatasetError(`${archive}: expected at most ${MOST_BYTES} bytes once unpacked, got ${size}`);
  }
  const temporary = await mkdtemp(`${target}.unpacking-`);
  try {
    // One by one: all of MovieLens 32M at once would take more than a gigabyte.
    for (const path of paths) {
      const entry = unzip(archive, bytes, (candidate) => candidate.name === path)[path]!;
      await writeEntry(join(temporary, path), entry);
    }
    await rename(join(temporary, name), target);
  } finally {
    await rm(temporary, { recursive: true });
  }
}

/** Whether a path leads out of where it is unpacked: by `..`, from the root, or (on Windows) by a drive. */
function leadsOut(path: string): boolean {
  return /^[\\/]|^[a-z]:/i.test(path) || path.split(/[\\/]/).includes('..');
}

function entriesOf(archive: string, bytes: Uint8Array): UnzipFileInfo[] {
  const entries: UnzipFileInfo[] = [];
  unzip(archive, bytes, (entry) => {
    entries.push(entry);
    return false;
  });
  return entries;
}

/** A path that ends with a slash is a folder. */
async function writeEntry(path: string, bytes: Uint8Array): Promise<void> {
  if (path.endsWith(sep)) {
    await mkdir(path, { recursive: true });
  } else {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }
}

function unzip(
  archive: string,
  bytes: Uint8Array,
  isWanted: (entry: UnzipFileInfo) => boolean,
): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter: isWanted });
  } catch (error) {
    throw new DatasetError(`${archive}: cannot be unzipped, ${(error as Error).message}`, { cause: error });
  }
}
