import type { SavedState, TypedArray } from '@rl-recsys/random';

/** Arrays of so many bytes or more are written apart, piece by piece. */
export const LARGE: number = 1 << 20;

/** How many bytes a piece has at most: hashing one takes less time than a few frames of a page. */
export const PIECE: number = 4 << 20;

/** The kinds of arrays that there may be, by name. */
type KindName =
  | 'Int8Array'
  | 'Uint8Array'
  | 'Int16Array'
  | 'Uint16Array'
  | 'Int32Array'
  | 'Uint32Array'
  | 'Float32Array'
  | 'Float64Array';

const KINDS: Readonly<
  Record<KindName, new (buffer: ArrayBuffer, offset: number, length: number) => TypedArray>
> = {
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
};

/** Where a large array belongs. */
export type ArrayPlace = {
  /** Names and indices that lead to it from the whole. */
  readonly path: readonly (string | number)[];
  readonly kind: KindName;
  readonly length: number;
  /** How many bytes there were around it, which it may grow into. */
  readonly room: number;
};

/** A state without its large arrays, in whose places there is null. */
export interface Parted {
  readonly rest: SavedState;
  readonly arrays: readonly { readonly place: ArrayPlace; readonly bytes: Uint8Array }[];
}

/** Takes large arrays out of a state; their bytes are views, not copies. */
export function part(state: SavedState): Parted {
  const arrays: Parted['arrays'][number][] = [];
  const without = (value: SavedState, path: readonly (string | number)[]): SavedState => {
    if (typeof value !== 'object' || value === null) return value;
    if (ArrayBuffer.isView(value)) {
      if (value.byteLength < LARGE) return value;
      const kind = (value as unknown as Record<symbol, string>)[Symbol.toStringTag] as KindName;
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      arrays.push({ place: { path, kind, length: value.length, room: roomAround(value) }, bytes });
      return null;
    }
    if (Array.isArray(value)) return value.map((each: SavedState, index) => without(each, [...path, index]));
    const entries = Object.entries(value as Record<string, SavedState>);
    return Object.fromEntries(entries.map(([name, each]) => [name, without(each, [...path, name])]));
  };
  return { rest: without(state, []), arrays };
}

/** Bytes of all arrays in a state. */
export function bytesOf(state: SavedState): number {
  if (typeof state !== 'object' || state === null) return 0;
  if (ArrayBuffer.isView(state)) return state.byteLength;
  return Object.values(state).reduce((sum: number, each: SavedState) => sum + bytesOf(each), 0);
}

/**
 * A new array for what belongs at a place, with the room that there was around it: who takes it for its own may fill that too, and
 * memory that nobody has written to takes none.
 *
 * @throws Error where the place says no kind, length or room of one, or there is not so much memory.
 */
export function emptyArray({ kind, length, room }: ArrayPlace): TypedArray {
  if (!Object.hasOwn(KINDS, kind) || ![length, room].every((size) => Number.isSafeInteger(size) && size >= 0))
    throw new Error(
      `arrays: expected a kind, a length and its room, got ${[kind, length, room].map(String).join(', ')}`,
    );
  return new KINDS[kind](new ArrayBuffer(room), 0, length);
}

/** Of an array that begins with its buffer, as a ring that is not full does; another one has no room but its own. */
function roomAround({ buffer, byteOffset, byteLength }: ArrayBufferView): number {
  return byteOffset === 0 ? buffer.byteLength : byteLength;
}

/**
 * The state with an array at its place.
 *
 * @throws Error where there is no such place, or something else is there.
 */
export function put(state: SavedState, { path }: ArrayPlace, array: TypedArray): SavedState {
  if (path.length === 0) return array;
  let parent = state as Record<string | number, SavedState>;
  for (const [depth, step] of path.entries()) {
    const isPlace = typeof parent === 'object' && parent !== null && Object.hasOwn(parent, step);
    if (!isPlace) throw new Error(`arrays: expected a place in the state, got ${path.join('.')}`);
    if (depth < path.length - 1) parent = parent[step] as Record<string | number, SavedState>;
  }
  const last = path.at(-1)!;
  if (parent[last] !== null) throw new Error(`arrays: expected an empty place, got ${path.join('.')}`);
  parent[last] = array;
  return state;
}
