import type { SavedState, TypedArray } from '@rl-recsys/random';

/**
 * A copy that shares nothing with the original. It takes the arrays of a copy that was made before, where they are of the same kind and
 * length: a copy every minute then takes its memory once, and not anew until the one before is collected.
 */
export function copyOver(before: SavedState | undefined, value: SavedState): SavedState {
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value)) {
    if (!isAlike(before, value)) return value.slice();
    before.set(value);
    return before;
  }
  if (Array.isArray(value)) {
    return value.map((each: SavedState, index) => copyOver(partOf(before, index), each));
  }
  const entries = Object.entries(value as Record<string, SavedState>);
  return Object.fromEntries(entries.map(([name, each]) => [name, copyOver(partOf(before, name), each)]));
}

function isAlike(before: SavedState | undefined, value: TypedArray): before is TypedArray {
  return (
    ArrayBuffer.isView(before) && before.constructor === value.constructor && before.length === value.length
  );
}

function partOf(before: SavedState | undefined, key: string | number): SavedState | undefined {
  if (typeof before !== 'object' || before === null || !Object.hasOwn(before, key)) return undefined;
  return (before as Record<string | number, SavedState>)[key];
}
