import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unpack } from './archive.js';
import { resumableDownload, type Download } from './resumable-download.js';

/** An archive `name.zip` with a folder `name` in it, and where that folder shall be. */
export interface ArchiveSource extends Omit<Download, 'part'> {
  readonly name: string;
  readonly cacheFolder: string;
  /** Called before the download, if there is one. */
  readonly onDownload?: () => void;
}

/** The folder out of the archive: what is in the cache, else downloaded and unpacked. */
export async function cachedFolder(source: ArchiveSource): Promise<string> {
  const { name, cacheFolder } = source;
  const folder = join(cacheFolder, name);
  if (await isFolder(folder)) return folder;
  source.onDownload?.();
  await mkdir(cacheFolder, { recursive: true });
  const part = `${folder}.zip.part`;
  await resumableDownload({ ...source, part });
  await unpack(part, name, folder);
  await rm(part);
  return folder;
}

async function isFolder(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isDirectory() ?? false;
}
