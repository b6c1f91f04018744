export { Random, type RandomState } from './random.js';
export { copySaved, type Savable, type SavedState, type TypedArray } from './savable.js';
