// What needs Node: a feedback log in the files of a folder, and the versions of a run's model.
export { modelsFolder, pointerFile, readPointer, writePointer, type ModelPointer } from './models/pointer.js';
export {
  loadModels,
  loadVersion,
  promote,
  rollback,
  saveVersion,
  tryCanary,
  versionFolder,
  versionsOf,
} from './models/versions.js';
export { openSegmentLog, SegmentLog, type SegmentOptions } from './segments/segment-log.js';
export { readRecords } from './segments/read-records.js';
export {
  judgeTrial,
  readTrials,
  writeTrials,
  type JudgeTrialOptions,
  type Trial,
  type TriedSession,
} from './learning/trials.js';
