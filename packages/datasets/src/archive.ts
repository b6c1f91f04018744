import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { unzipSync } from 'fflate';
import { DatasetError } from './dataset-error.js';

/**
 * Unpacks a zip file and puts its folder `name` at `target`.
 *
 * The target appears at once and complete: what a crash leaves behind is never taken for it.
 *
 * @throws DatasetError where the file is no zip file, lacks the folder, or has a path that leads out
 * of where it is unpacked; nothing is written then.
 */
export async function unpack(archive: string, name: string, target: string): Promise<void> {
  const entries = Object.entries(unzip(archive, await readFile(archive)));
  if (!entries.some(([path]) => path.startsWith(`${name}/`))) {
    throw new DatasetError(
      `${archive}: expected a folder ${name}, got ${entries.map(([path]) => path).join(', ')}`,
    );
  }
  // `..`, an absolute path and (on Windows) a drive all show once the path is resolved.
  const escaping = entries.find(([path]) => !resolve(path).startsWith(resolve('.') + sep));
  if (escaping !== undefined) {
    throw new DatasetError(
      `${archive}: expected paths inside the archive, got ${JSON.stringify(escaping[0])}`,
    );
  }
  const temporary = await mkdtemp(`${target}.unpacking-`);
  try {
    for (const [path, bytes] of entries) await writeEntry(join(temporary, path), bytes);
    await rename(join(temporary, name), target);
  } finally {
    await rm(temporary, { recursive: true });
  }
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

function unzip(archive: string, bytes: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes);
  } catch (error) {
    throw new DatasetError(`${archive}: cannot be unzipped, ${(error as Error).message}`, { cause: error });
  }
}
