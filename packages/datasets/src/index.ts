export { DatasetError } from './dataset-error.js';
export type { Dataset } from './dataset.js';
export { downloadMovieLens, type DownloadOptions } from './download-movielens.js';
export type { Licence, MovieLensName } from './known-archives.js';
export { readMovieLens100k, readMovieLens1m } from './movielens.js';
export { readDelimited, type DelimitedOptions } from './read-delimited.js';
export type { DownloadProgress } from './resumable-download.js';
export type { TextEncoding } from './rows.js';
