import { isRecord, isTypedArray } from './copy.js';
import { describe, typeName } from './describe.js';

/** Where two values differ first. */
export interface Difference {
  /** The place, such as `observation.history[3]`. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** The first place where two values differ, or undefined where they are alike. NaN is like NaN. */
export function firstDifference(
  before: unknown,
  after: unknown,
  path: string,
  ancestors: readonly unknown[] = [],
): Difference | undefined {
  if (Object.is(before, after) || ancestors.includes(before)) return undefined;
  const different = { path, before: describe(before), after: describe(after) };
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) {
    return different;
  }
  const within = [...ancestors, before]; // a record that holds itself would be compared for ever
  if (isTypedArray(before) || Array.isArray(before)) {
    if (typeName(before) !== typeName(after)) return different;
    const [left, right] = [before as ArrayLike<unknown>, after as ArrayLike<unknown>];
    const length = Math.min(left.length, right.length);
    for (let index = 0; index < length; index++) {
      const inside = firstDifference(left[index], right[index], `${path}[${index}]`, within);
      if (inside !== undefined) return inside;
    }
    if (left.length === right.length) return undefined;
    return { path: `${path}.length`, before: String(left.length), after: String(right.length) };
  }
  if (!isRecord(before) || !isRecord(after)) return different;
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const inside = firstDifference(before[name], after[name], `${path}.${name}`, within);
    if (inside !== undefined) return inside;
  }
  return undefined;
}
