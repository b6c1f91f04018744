export { assertOptionNames, namesWithout, optionsNamed, type OptionNames } from './option-names.js';
export { forkStreams } from './fork-streams.js';
export { Random, type RandomState } from './random.js';
export { savedArray, savedCount, savedFlag, savedList, savedNumber, savedRecord } from './read-saved.js';
export {
  copySaved,
  firstNotFinite,
  restoreTogether,
  type NotFinite,
  type Savable,
  type SavedState,
  type TypedArray,
} from './savable.js';
