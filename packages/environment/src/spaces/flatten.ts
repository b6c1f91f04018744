import { isKnownSpace, knownKinds, type KnownSpace } from './known-space.js';
import type { Space } from './space.js';

/**
 * How many numbers {@link flattenInto} writes for a value of `space`.
 *
 * @throws TypeError where the space, or one inside it, is none of this package's: only those say how
 * they are built.
 */
export function flatSize(space: Space<unknown>): number {
  return sizeOf(space, 'space');
}

/**
 * Writes `value` as one float32 vector, which is what a network sees, and returns the offset after it.
 *
 * A box gives its numbers; a discrete value a one-hot vector; a multi-discrete one a one-hot vector
 * per choice; a multi-binary one its zeros and ones. A dict gives its entries one after the other,
 * sorted by name (by UTF-16 code units); a tuple in order. Nothing is rescaled.
 *
 * @param target - float32 `[offset + flatSize(space) or more]`; the rest stays as it is.
 * @throws TypeError where the space, or one inside it, is none of this package's.
 * @throws RangeError where `value` is not in the space, or `target` has no room at `offset`. Nothing
 * is written then.
 */
export function flattenInto<T>(space: Space<T>, value: T, target: Float32Array, offset = 0): number {
  const size = flatSize(space);
  if (!space.contains(value)) throw new RangeError('value: expected a member of the space, got another');
  if (!Number.isSafeInteger(offset) || offset < 0 || offset + size > target.length) {
    const places = `${target.length} in target`;
    throw new RangeError(`offset: expected room for ${size} numbers of the ${places}, got ${offset}`);
  }
  return write(space as KnownSpace, value, target, offset);
}

function sizeOf(space: Space<unknown>, path: string): number {
  if (!isKnownSpace(space)) {
    const got = String((space as { kind?: unknown }).kind);
    throw new TypeError(`${path}.kind: expected one of ${knownKinds.join(', ')}, got ${got}`);
  }
  switch (space.kind) {
    case 'box':
    case 'multiBinary':
      return space.length;
    case 'discrete':
      return space.size;
    case 'multiDiscrete':
      return sum(space.sizes);
    case 'dict':
      return sum(Object.keys(space.spaces).map((name) => sizeOf(space.spaces[name]!, `${path}.${name}`)));
    case 'tuple':
      return sum(space.spaces.map((each, index) => sizeOf(each, `${path}[${index}]`)));
  }
}

/** Writes a value that was found to be in a space that was found to be known. */
function write(space: KnownSpace, value: unknown, target: Float32Array, offset: number): number {
  switch (space.kind) {
    case 'box':
    case 'multiBinary':
      target.set(value as ArrayLike<number>, offset);
      return offset + space.length;
    case 'discrete':
      return writeOneHot(space.size, (value as number) - space.start, target, offset);
    case 'multiDiscrete':
      return space.sizes.reduce(
        (place, size, index) => writeOneHot(size, (value as Int32Array)[index]!, target, place),
        offset,
      );
    case 'dict':
      return Object.keys(space.spaces)
        .sort()
        .reduce((place, name) => {
          const entry = (value as Record<string, unknown>)[name];
          return write(space.spaces[name] as KnownSpace, entry, target, place);
        }, offset);
    case 'tuple':
      return space.spaces.reduce(
        (place, each, index) => write(each as KnownSpace, (value as unknown[])[index], target, place),
        offset,
      );
  }
}

function writeOneHot(size: number, hot: number, target: Float32Array, offset: number): number {
  target.fill(0, offset, offset + size);
  target[offset + hot] = 1;
  return offset + size;
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}
