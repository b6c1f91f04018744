import type { Savable, SavedState } from '@rl-recsys/random';

/** Where two states differ first. */
export interface StateDifference {
  /** The place, such as `learner.variables[2][17]`; empty where they differ as a whole. */
  readonly path: string;
  /** What each has there, in words. */
  readonly first: string;
  readonly second: string;
}

/**
 * The first place where two agents, trainings or checkpoints of them differ, to the bit: −0 is not 0, and NaN is NaN.
 *
 * @param first - a state, or anything that has one.
 * @returns undefined where they are the same.
 */
export function compare(
  first: SavedState | Pick<Savable, 'state'>,
  second: SavedState | Pick<Savable, 'state'>,
): StateDifference | undefined {
  return differenceOf(stateOf(first), stateOf(second), '');
}

function stateOf(given: SavedState | Pick<Savable, 'state'>): SavedState {
  const { state } = (given ?? {}) as Partial<Pick<Savable, 'state'>>;
  return typeof state === 'function' ? (given as Savable).state() : (given as SavedState);
}

function differenceOf(
  first: SavedState | undefined,
  second: SavedState | undefined,
  path: string,
): StateDifference | undefined {
  if (Object.is(first, second)) return undefined;
  const kind = kindOf(first);
  if (kind !== kindOf(second) || (kind !== 'a record' && !isIndexed(first)))
    return { path, first: inWords(first), second: inWords(second) };
  const inside = isIndexed(first)
    ? differenceWithin(first, second as ArrayLike<SavedState>, path)
    : differenceOfRecords(first as SavedRecord, second as SavedRecord, path);
  return inside;
}

function differenceWithin(
  first: ArrayLike<SavedState>,
  second: ArrayLike<SavedState>,
  path: string,
): StateDifference | undefined {
  const length = Math.min(first.length, second.length);
  for (let place = 0; place < length; place++) {
    const inside = differenceOf(first[place], second[place], `${path}[${place}]`);
    if (inside) return inside;
  }
  if (first.length === second.length) return undefined;
  return {
    path: `${path}.length`.replace(/^\./, ''),
    first: String(first.length),
    second: String(second.length),
  };
}

type SavedRecord = { readonly [name: string]: SavedState };

function differenceOfRecords(
  first: SavedRecord,
  second: SavedRecord,
  path: string,
): StateDifference | undefined {
  for (const name of new Set([...Object.keys(first), ...Object.keys(second)])) {
    const inside = differenceOf(first[name], second[name], path === '' ? name : `${path}.${name}`);
    if (inside) return inside;
  }
  return undefined;
}

function isIndexed(value: unknown): value is ArrayLike<SavedState> {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

function kindOf(value: unknown): string {
  if (value === null || typeof value !== 'object') return typeof value === 'object' ? 'null' : typeof value;
  if (Array.isArray(value)) return 'a list';
  return ArrayBuffer.isView(value)
    ? (value as unknown as Record<symbol, string>)[Symbol.toStringTag]!
    : 'a record';
}

function inWords(value: SavedState | undefined): string {
  if (value === undefined) return 'nothing';
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 60));
  if (value === null || typeof value !== 'object') return String(value);
  return isIndexed(value) ? `${kindOf(value)} of ${value.length}` : 'a record';
}
