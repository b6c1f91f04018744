import envPaths from 'env-paths';
import { cachedFolder } from '../download/cached-folder.js';
import type { Dataset } from '../dataset.js';
import { DatasetError } from '../dataset-error.js';
import {
  grouplensUrl,
  knownDatasets,
  type KnownDataset,
  type KnownDatasetName,
  type License,
} from './known-datasets.js';
import type { DownloadProgress } from '../download/resumable-download.js';

/** Where to keep a download, and whom to tell of it. */
export interface DownloadOptions {
  /** Default: the user's cache folder for `rl-recsys`, such as `~/.cache/rl-recsys` on Linux. */
  readonly cacheFolder?: string;
  /** Called as bytes arrive. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Shows the terms of use before a download starts (default: they are written to stderr). */
  readonly onLicense?: (license: License) => void;
  /** A mirror: the folder of the zip files (default: GroupLens, who publish them). */
  readonly baseUrl?: string;
}

/** Where a known dataset is, or how to download it. */
export interface KnownDatasetOptions extends DownloadOptions {
  /** The unpacked archive, where you have it already; nothing is downloaded then. */
  readonly folder?: string;
}

/** The datasets that {@link loadKnownDataset} knows. */
export const knownDatasetNames = Object.keys(knownDatasets) as readonly KnownDatasetName[];

/**
 * Loads a published dataset by its name, and downloads it if it is not in the cache.
 *
 * Ids are those of the publisher. MovieLens has titles, genres as categories, and times in seconds since
 * 1970; films that nobody rated are left out. Jester has none of these: all its times are 0, so split it
 * at random. Its items are the jokes 1 to 100, its users `part-row`, such as `1-17`.
 *
 * @throws RangeError where `name` is another one.
 * @throws DatasetError where the download fails, is not the archive that was published, or a file is
 * missing or malformed.
 */
export async function loadKnownDataset(
  name: KnownDatasetName,
  { folder, ...options }: KnownDatasetOptions = {},
): Promise<Dataset> {
  const { read } = knownDataset(name);
  return read(folder ?? (await downloadKnownDataset(name, options)), name);
}

/**
 * The folder of a published dataset, downloaded and unpacked at the first call and kept in a cache: for
 * the files that {@link loadKnownDataset} does not read.
 *
 * A download that was cut off is resumed by the next call. Its MD5 sum is verified, also if it comes from
 * a mirror. That of `ml-latest-small`, which changes, is asked for beside the archive.
 *
 * @throws RangeError where `name` is another one.
 * @throws DatasetError where the download fails or is not the archive that was published.
 */
export async function downloadKnownDataset(
  name: KnownDatasetName,
  { cacheFolder, onProgress, onLicense = showLicense, baseUrl = grouplensUrl }: DownloadOptions = {},
): Promise<string> {
  const { archive, license, instead } = knownDataset(name);
  if (archive === undefined) throw new DatasetError(`${name}: cannot be downloaded; ${instead}`);
  return cachedFolder({
    name,
    folderInArchive: archive.folder,
    url: `${baseUrl.replace(/\/+$/, '')}/${name}.zip`,
    md5: archive.md5,
    cacheFolder: cacheFolder ?? envPaths('rl-recsys', { suffix: '' }).cache,
    onProgress,
    onDownload: () => onLicense(license),
  });
}

function knownDataset(name: KnownDatasetName): KnownDataset {
  if (Object.hasOwn(knownDatasets, name)) return knownDatasets[name];
  throw new RangeError(`name: expected ${knownDatasetNames.join(', ')}, got ${String(name)}`);
}

function showLicense({ terms, url }: License): void {
  console.warn(`${terms} See ${url}`);
}
