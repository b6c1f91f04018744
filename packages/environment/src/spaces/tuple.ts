import { assertSpaces } from './assert-spaces.js';
import type { Infer, Space } from './space.js';

/** Arrays of a fixed length that hold one value of each of several spaces, in order. */
export interface TupleSpace<S extends readonly Space<unknown>[]> extends Space<{
  [Index in keyof S]: Infer<S[Index]>;
}> {
  readonly kind: 'tuple';
  readonly spaces: S;
}

/**
 * The space of arrays with a value from each of `spaces`, in order; longer arrays are no member.
 *
 * @throws RangeError where there is no space, TypeError where an entry is none.
 */
// "| []" makes the compiler infer a tuple where an array is given.
export function tuple<S extends Space<unknown>[] | []>(spaces: S): TupleSpace<S> {
  type Value = { [Index in keyof S]: Infer<S[Index]> };
  assertSpaces(spaces);
  const all: readonly Space<unknown>[] = spaces;
  return {
    kind: 'tuple',
    spaces,
    contains: (value): value is Value =>
      Array.isArray(value) &&
      value.length === all.length &&
      all.every((space, index) => space.contains(value[index])),
    sample: (random) => all.map((space) => space.sample(random)) as Value,
  };
}
