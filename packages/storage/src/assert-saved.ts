import type { SavedState } from '@rl-recsys/random';
import { kindOf } from './typed-arrays.js';

/** Deeper is a cycle, or would be too deep for those who walk through it. */
const DEEPEST = 64;

/**
 * Accepts what can be saved and comes back the same.
 *
 * @param path - what the value is called in errors, such as `value.actor[2]`.
 * @throws TypeError that names the first place where there is something else.
 */
export function assertSaved(value: unknown, path: string, depth = 0): asserts value is SavedState {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return;
  if (typeof value === 'string') return assertWellFormed(value, path);
  if (depth > DEEPEST) {
    throw new TypeError(`${path.slice(0, 60)}…: expected at most ${DEEPEST} levels, got more: is it cyclic?`);
  }
  if (ArrayBuffer.isView(value)) {
    if (kindOf(value) === undefined) throw unsavable(value, path);
  } else if (Array.isArray(value)) {
    // By index, since a hole has no entry.
    for (let index = 0; index < value.length; index++) {
      assertSaved(value[index], `${path}[${index}]`, depth + 1);
    }
  } else if (isPlain(value)) {
    for (const [key, entry] of Object.entries(value)) {
      if (key === '__proto__') throw new TypeError(`${path}: expected no key __proto__, got one`);
      assertWellFormed(key, `a key of ${path}`);
      assertSaved(entry, `${path}.${key}`, depth + 1);
    }
  } else {
    throw unsavable(value, path);
  }
}

/** Half of a pair of UTF-16 has no UTF-8. */
function assertWellFormed(text: string, path: string): void {
  if (/\p{Surrogate}/u.test(text)) {
    throw new TypeError(`${path}: expected text in Unicode, got a lone surrogate in ${JSON.stringify(text)}`);
  }
}

/** An object literal of any realm, or one without a prototype. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function unsavable(value: unknown, path: string): TypeError {
  const name = typeof value === 'object' ? value?.constructor?.name : undefined;
  return new TypeError(
    `${path}: expected JSON values and typed arrays of at most 32-bit integers or floats, got ${name ?? typeof value}`,
  );
}
