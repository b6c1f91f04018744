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
   * The same without a copy of what is large: arrays may be those that are in use, and are good until anything here
   * changes. There where a copy would take as much memory as all else, as of a replay buffer.
   */
  view?(): SavedState;

  /**
   * Takes the place of what is here now. What follows is the same as it would have been where `state` was
   * taken; `state` itself is copied from.
   *
   * @throws Error where `state` is none of this kind and size; then nothing here has changed.
   */
  restore(state: SavedState): void;

  /**
   * The same, but takes what is large in `state` for its own instead of a copy of it: whoever gave it uses it no more. There where
   * both would take as much memory as all else, as a replay buffer and its saved state.
   */
  adopt?(state: SavedState): void;
}

/**
 * Restores several parts, or none of them: where one refuses its state, those before it get back what they had.
 *
 * @param parts - each with the state that it is given. Of all but the last a copy is made meanwhile: the largest goes last.
 * @throws what the first one throws that refuses.
 */
export function restoreTogether(
  parts: ReadonlyArray<readonly [part: Savable, state: SavedState | undefined]>,
): void {
  const before = parts.slice(0, -1).map(([part]) => part.state()); // once the last has not refused, none will
  let restored = 0;
  try {
    for (const [part, state] of parts) {
      part.restore(state ?? null);
      restored += 1;
    }
  } catch (error) {
    for (const [place, [part]] of parts.entries()) if (place < restored) part.restore(before[place]!);
    throw error;
  }
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

/** A number that is not finite, and where it is. */
export interface NotFinite {
  /** Such as `agent.moments[2][17]`. */
  readonly path: string;
  readonly value: number;
}

/**
 * The first number of a value that is NaN or infinite; undefined where none is.
 *
 * @param path - what the value is called.
 */
export function firstNotFinite(value: SavedState, path: string): NotFinite | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : { path, value };
  if (ArrayBuffer.isView(value)) {
    if (!(value instanceof Float32Array || value instanceof Float64Array)) return undefined;
    for (let place = 0; place < value.length; place++) {
      if (!Number.isFinite(value[place])) return { path: `${path}[${place}]`, value: value[place]! };
    }
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const isList = Array.isArray(value);
  for (const [name, each] of Object.entries(value as Record<string, SavedState>)) {
    const found = firstNotFinite(each, isList ? `${path}[${name}]` : `${path}.${name}`);
    if (found) return found;
  }
  return undefined;
}
