import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { unzipSync } from 'fflate';
import { DatasetError } from '../dataset-error.js';

/**
 * Unpacks a zip file and puts its folder `name` at `target`.
 *
 * The target appears at once and complete: what a crash leaves behind is never taken for it.
 *
 * @throws DatasetError where the file is no zip file, lacks the folder, or has a path that leads out
 * of where it is unpacked; nothing is written then.
 */
export async function unpack(archive: string, name: string, target: string): Promise<void> {
  const bytes = await readFile(archive);
  const paths = pathsIn(archive, bytes);
  if (!paths.some((path) => path.startsWith(`${name}/`))) {
    throw new DatasetError(`${archive}: expected a folder ${name}, got ${paths.join(', ')}`);
  }
  // `..`, an absolute path and (on Windows) a drive all show once the path is resolved.
  const escaping = paths.find((path) => !resolve(path).startsWith(resolve('.') + sep));
  if (escaping !== undefined) {
    throw new DatasetError(`${archive}: expected paths inside the archive, got ${JSON.stringify(escaping)}`);
  }
  const temporary = await mkdtemp(`${target}.unpacking-`);
  try {
    // One by one: all of MovieLens 32M at once would take more than a gigabyte.
    for (const path of paths) {
      const entry = unzip(archive, bytes, (candidate) => candidate === path)[path]!;
      await writeEntry(join(temporary, path), entry);
    }
    await rename(join(temporary, name), target);
  } finally {
    await rm(temporary, { recursive: true });
  }
}

function pathsIn(archive: string, bytes: Uint8Array): string[] {
  const paths: string[] = [];
  unzip(archive, bytes, (path) => {
    paths.push(path);
    return false;
  });
  return paths;
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
  isWanted: (path: string) => boolean,
): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter: ({ name }) => isWanted(name) });
  } catch (error) {
    throw new DatasetError(`${archive}: cannot be unzipped, ${(error as Error).message}`, { cause: error });
  }
}
