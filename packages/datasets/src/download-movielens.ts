import envPaths from 'env-paths';
import { cachedFolder } from './cached-folder.js';
import { grouplensUrl, knownArchives, type Licence, type MovieLensName } from './known-archives.js';
import type { DownloadProgress } from './resumable-download.js';

/** Where to keep a download, and whom to tell of it. */
export interface DownloadOptions {
  /** Default: the user's cache folder for `rl-recsys`, such as `~/.cache/rl-recsys` on Linux. */
  readonly cacheFolder?: string;
  /** Called as bytes arrive. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Shows the terms of use before a download starts (default: they are written to stderr). */
  readonly onLicence?: (licence: Licence) => void;
  /** A mirror: the folder of the zip files (default: GroupLens, who publish them). */
  readonly baseUrl?: string;
}

/**
 * The folder of a MovieLens dataset, downloaded and unpacked at the first call and kept in a cache.
 *
 * A download that was cut off is resumed by the next call. Its checksum is verified, also if it comes
 * from a mirror.
 *
 * @returns the folder to give to `readMovieLens100k` or `readMovieLens1m`.
 * @throws RangeError where `name` is another one.
 * @throws DatasetError where the download fails or is not the archive that was published.
 */
export async function downloadMovieLens(
  name: MovieLensName,
  { cacheFolder, onProgress, onLicence = showLicence, baseUrl = grouplensUrl }: DownloadOptions = {},
): Promise<string> {
  if (!Object.hasOwn(knownArchives, name)) {
    throw new RangeError(`name: expected ${Object.keys(knownArchives).join(' or ')}, got ${String(name)}`);
  }
  const { md5, licence } = knownArchives[name];
  return cachedFolder({
    name,
    url: `${baseUrl.replace(/\/+$/, '')}/${name}.zip`,
    md5,
    cacheFolder: cacheFolder ?? envPaths('rl-recsys', { suffix: '' }).cache,
    onProgress,
    onDownload: () => onLicence(licence),
  });
}

function showLicence({ terms, url }: Licence): void {
  console.warn(`${terms} See ${url}`);
}
