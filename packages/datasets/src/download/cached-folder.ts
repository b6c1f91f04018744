import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unpack } from './archive.js';
import { publishedMd5 } from './published-md5.js';
import { resumableDownload, type Download } from './resumable-download.js';

/** An archive and where what is in it shall be: the folder `name` of `cacheFolder`. */
export interface ArchiveSource extends Omit<Download, 'part' | 'md5'> {
  readonly name: string;
  /** What the folder is called in the archive. */
  readonly folderInArchive: string;
  /** Default: the checksum is asked for beside the archive, in a file of its name and `.md5`. */
  readonly md5: string | undefined;
  readonly cacheFolder: string;
  /** Called before the download, if there is one. */
  readonly onDownload?: () => void;
}

/** The folder out of the archive: what is in the cache, else downloaded and unpacked. */
export async function cachedFolder(source: ArchiveSource): Promise<string> {
  const { name, folderInArchive, cacheFolder, url } = source;
  const folder = join(cacheFolder, name);
  if (await isFolder(folder)) return folder;
  source.onDownload?.();
  await mkdir(cacheFolder, { recursive: true });
  const part = `${folder}.zip.part`;
  const md5 = source.md5 ?? (await publishedMd5(`${url}.md5`));
  await resumableDownload({ ...source, md5, part });
  await unpack(part, folderInArchive, folder);
  await rm(part);
  return folder;
}

async function isFolder(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isDirectory() ?? false;
}
