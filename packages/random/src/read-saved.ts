import { copySaved, type SavedState, type TypedArray } from './savable.js';

/** Makes typed arrays of one kind, such as `Float32Array`. */
type Kind<A extends TypedArray> = { new (length: number): A; readonly name: string };

/**
 * The entries of a saved record: how `restore` begins.
 *
 * @param path - what the state is called in errors.
 * @throws TypeError where `state` is no record, or lacks one of these names.
 */
export function savedRecord<const Name extends string>(
  state: SavedState | undefined,
  path: string,
  names: readonly Name[],
): { readonly [name in Name]: SavedState } {
  const isRecord =
    typeof state === 'object' && state !== null && !Array.isArray(state) && !ArrayBuffer.isView(state);
  const missing = names.find((name) => !isRecord || !Object.hasOwn(state, name));
  if (missing === undefined) return state as { readonly [name in Name]: SavedState };
  throw new TypeError(
    `${path}: expected a record of ${names.join(', ')}, got ${isRecord ? `none of the name ${missing}` : describe(state)}`,
  );
}

/**
 * A copy of a saved array of numbers.
 *
 * @param length - how long it must be (default: as long as it is).
 * @throws TypeError where it is of another kind, RangeError where it is of another length.
 */
export function savedArray<A extends TypedArray>(
  state: SavedState | undefined,
  path: string,
  kind: Kind<A>,
  length?: number,
): A {
  if (!(state instanceof kind)) throw new TypeError(`${path}: expected ${kind.name}, got ${describe(state)}`);
  if (length !== undefined && state.length !== length)
    throw new RangeError(`${path}: expected ${length} numbers, got ${state.length}`);
  return copySaved(state as TypedArray) as A;
}

/**
 * A saved count or index.
 *
 * @param most - the largest that it may be.
 * @throws TypeError where it is no integer from 0 to `most`.
 */
export function savedCount(
  state: SavedState | undefined,
  path: string,
  most: number = Number.MAX_SAFE_INTEGER,
): number {
  if (Number.isSafeInteger(state) && (state as number) >= 0 && (state as number) <= most)
    return state as number;
  const range = most === Number.MAX_SAFE_INTEGER ? 'from 0' : `from 0 to ${most}`;
  throw new TypeError(`${path}: expected an integer ${range}, got ${describe(state)}`);
}

/** @throws TypeError where it is no finite number. */
export function savedNumber(state: SavedState | undefined, path: string): number {
  if (Number.isFinite(state)) return state as number;
  throw new TypeError(`${path}: expected a finite number, got ${describe(state)}`);
}

/** @throws TypeError where it is neither true nor false. */
export function savedFlag(state: SavedState | undefined, path: string): boolean {
  if (typeof state === 'boolean') return state;
  throw new TypeError(`${path}: expected true or false, got ${describe(state)}`);
}

/**
 * A saved list.
 *
 * @throws TypeError where it is none, RangeError where it does not have `length` entries.
 */
export function savedList(
  state: SavedState | undefined,
  path: string,
  length?: number,
): readonly SavedState[] {
  if (!Array.isArray(state)) throw new TypeError(`${path}: expected a list, got ${describe(state)}`);
  if (length !== undefined && state.length !== length)
    throw new RangeError(`${path}: expected ${length} entries, got ${state.length}`);
  return state as readonly SavedState[];
}

function describe(state: SavedState | undefined): string {
  if (state === null || typeof state !== 'object')
    return typeof state === 'string' ? JSON.stringify(state.slice(0, 40)) : String(state);
  if (ArrayBuffer.isView(state)) return state.constructor.name;
  return Array.isArray(state) ? 'a list' : 'a record';
}
