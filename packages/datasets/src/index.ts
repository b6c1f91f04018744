export { asCode, problemText, type Advice, type Problem, type SpellAdvice } from './advice.js';
export { DatasetError } from './dataset-error.js';
export type { Dataset } from './dataset.js';
export type { DownloadProgress } from './download/resumable-download.js';
export type { ItemSource } from './item-metadata.js';
export type { KnownDatasetName, License } from './known/known-datasets.js';
export {
  downloadKnownDataset,
  knownDatasetNames,
  loadKnownDataset,
  type DownloadOptions,
  type KnownDatasetOptions,
} from './known/load-known-dataset.js';
export type { FileOptions, LogFormat } from './log-file.js';
export type { Duplicates } from './log-of-blocks.js';
export { formatReport, type BadRow, type ItemRows, type LogReport } from './log-report.js';
export { readLog } from './read-log.js';
export type { ReadDataset } from './read-log-files.js';
export type { Counts, ReadLogOptions } from './read-log-options.js';
export type { DecimalMark, TextEncoding, TextOptions } from './text/text-options.js';
