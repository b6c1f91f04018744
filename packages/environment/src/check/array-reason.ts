import { isTypedArray } from './copy.js';
import { describe, typeName } from './describe.js';

/** Why a value is no typed array of a type, or of a length. */
export function arrayReason(
  type: string,
  length: number | undefined,
  value: unknown,
  path: string,
): string | undefined {
  if (!isTypedArray(value) || typeName(value) !== type) {
    return `${path} was ${describe(value)}, not of the type ${type}`;
  }
  if (length === undefined || value.length === length) return undefined;
  return `${path} had the length ${value.length}, not ${length}`;
}

/** The first number that is not within its bounds. */
export function numberReason(
  numbers: ArrayLike<number>,
  path: string,
  boundsAt: (index: number) => [number, number],
): string | undefined {
  for (let index = 0; index < numbers.length; index++) {
    const number = numbers[index]!;
    const [low, high] = boundsAt(index);
    // As in `box`: a bound may be rounded where a Float32Array holds it.
    const isAbove = number >= Math.min(low, Math.fround(low));
    const isBelow = number <= Math.max(high, Math.fround(high));
    if (!isAbove || !isBelow) return `${path}[${index}] was ${number}, not between ${low} and ${high}`;
  }
  return undefined;
}
