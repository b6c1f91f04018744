import type { Space } from './space.js';

/** @throws RangeError where there is no space, TypeError where an entry is none; it is named. */
export function assertSpaces(spaces: Readonly<Record<string, unknown>> | readonly unknown[]): void {
  const entries = Object.entries(spaces);
  if (entries.length === 0) throw new RangeError('spaces: expected at least one, got none');
  for (const [name, space] of entries) {
    const { contains, sample } = (space ?? {}) as Partial<Space<unknown>>;
    if (typeof contains === 'function' && typeof sample === 'function') continue;
    throw new TypeError(`spaces.${name}: expected a space, got ${String(space)}`);
  }
}
