/** The arrays of numbers that a {@link SavedState} may hold. */
export type TypedArray =
  Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/**
 * What can be saved: JSON values and typed arrays, in arrays and in plain objects. Numbers may be infinite
 * or NaN. Nothing in it is a reference to live state: who gives one gives copies.
 */
export type SavedState =
  | null
  | boolean
  | number
  | string
  | TypedArray
  | readonly SavedState[]
  | { readonly [name: string]: SavedState };

/**
 * What can be stopped here and go on elsewhere, as if it had never stopped: streams of random numbers,
 * replay buffers, optimizers, agents. Who is made of savable parts gives their states by name.
 */
export interface Savable {
  /** All that decides what comes next, as a copy: what happens afterwards does not change it. */
  state(): SavedState;

  /**
   * Takes the place of what is here now. What follows is the same as it would have been where `state` was
   * taken; `state` itself is copied from.
   *
   * @throws Error where `state` is none of this kind and size; then nothing here has changed.
   */
  restore(state: SavedState): void;
}

/** A copy that shares nothing with the original. */
export function copySaved<T extends SavedState>(value: T): T {
  if (ArrayBuffer.isView(value)) return value.slice() as T;
  if (Array.isArray(value)) return value.map((each: SavedState) => copySaved(each)) as unknown as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as Record<string, SavedState>).map(([name, each]) => [name, copySaved(each)]),
  ) as T;
}
