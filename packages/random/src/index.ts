export { Random, type RandomState } from './random.js';
export type { Savable, SavedState, TypedArray } from './savable.js';
