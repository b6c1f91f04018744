import { assertSpaces } from './assert-spaces.js';
import type { Infer, Space } from './space.js';

/** Records that hold one value of each of several named spaces. */
export interface DictSpace<S extends Record<string, Space<unknown>>> extends Space<{
  [Name in keyof S]: Infer<S[Name]>;
}> {
  readonly kind: 'dict';
  readonly spaces: S;
}

/**
 * The space of records with a value from each of `spaces`; more entries than these are no member.
 *
 * @throws RangeError where there is no space, TypeError where an entry is none.
 */
export function dict<S extends Record<string, Space<unknown>>>(spaces: S): DictSpace<S> {
  type Value = { [Name in keyof S]: Infer<S[Name]> };
  assertSpaces(spaces);
  const names = Object.keys(spaces);
  return {
    kind: 'dict',
    spaces,
    contains: (value): value is Value =>
      typeof value === 'object' &&
      value !== null &&
      Object.keys(value).length === names.length &&
      names.every((name) => spaces[name]!.contains((value as Record<string, unknown>)[name])),
    sample: (random) =>
      Object.fromEntries(names.map((name) => [name, spaces[name]!.sample(random)])) as Value,
  };
}
