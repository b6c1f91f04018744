export { DatasetError } from './dataset-error.js';
export type { Dataset } from './dataset.js';
export type { KnownDatasetName, Licence } from './known-datasets.js';
export {
  downloadKnownDataset,
  knownDatasetNames,
  loadKnownDataset,
  type DownloadOptions,
  type KnownDatasetOptions,
} from './load-known-dataset.js';
export type { ItemSource } from './item-metadata.js';
export type { LogFormat } from './log-files.js';
export type { Duplicates } from './log-of-blocks.js';
export { formatReport, type BadRow, type LogReport } from './log-report.js';
export { readLog, type ReadDataset, type ReadLogOptions } from './read-log.js';
export { readDelimited, type DelimitedOptions } from './read-delimited.js';
export type { DownloadProgress } from './resumable-download.js';
export type { TextEncoding } from './rows.js';
