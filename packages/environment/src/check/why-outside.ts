import type { RecommendationSpace } from '../recommendation.js';
import { isKnownSpace, type KnownSpace } from '../spaces/known-space.js';
import type { Space } from '../spaces/space.js';
import { arrayReason, numberReason } from './array-reason.js';
import { isRecord } from './copy.js';
import { describe } from './describe.js';
import { recommendationReason } from './recommendation-reason.js';

/**
 * The first reason why a value is not in a space, such as `observation.history[3] was 12, above 9`.
 *
 * @returns undefined where it is in the space.
 */
export function whyOutside(space: Space<unknown>, value: unknown, path: string): string | undefined {
  if (space.contains(value)) return undefined;
  const kind = (space as { kind?: unknown }).kind;
  const reason =
    kind === 'recommendation'
      ? recommendationReason(space as RecommendationSpace, value, path)
      : isKnownSpace(space)
        ? knownReason(space, value, path)
        : undefined;
  return reason ?? `${path} was ${describe(value)}, which the space does not contain`;
}

function knownReason(space: KnownSpace, value: unknown, path: string): string | undefined {
  switch (space.kind) {
    case 'box':
      return (
        arrayReason(space.dtype === 'int32' ? 'Int32Array' : 'Float32Array', space.length, value, path) ??
        numberReason(value as Float32Array, path, (index) => [space.low[index]!, space.high[index]!])
      );
    case 'multiDiscrete':
      return (
        arrayReason('Int32Array', space.sizes.length, value, path) ??
        numberReason(value as Int32Array, path, (index) => [0, space.sizes[index]! - 1])
      );
    case 'multiBinary':
      return (
        arrayReason('Int8Array', space.length, value, path) ??
        numberReason(value as Int8Array, path, () => [0, 1])
      );
    case 'discrete': {
      const expected = `an integer from ${space.start} to ${space.start + space.size - 1}`;
      return `${path} was ${describe(value)}, not ${expected}`;
    }
    case 'dict':
      return dictReason(space.spaces, value, path);
    case 'tuple':
      return tupleReason(space.spaces, value, path);
  }
}

function dictReason(
  spaces: Record<string, Space<unknown>>,
  value: unknown,
  path: string,
): string | undefined {
  if (!isRecord(value)) return `${path} was ${describe(value)}, not a record`;
  for (const [name, space] of Object.entries(spaces)) {
    if (!(name in value)) return `${path}.${name} was missing`;
    const reason = whyOutside(space, value[name], `${path}.${name}`);
    if (reason !== undefined) return reason;
  }
  const extra = Object.keys(value).find((name) => !(name in spaces));
  return extra === undefined ? undefined : `${path}.${extra} was there, but is not in the space`;
}

function tupleReason(spaces: readonly Space<unknown>[], value: unknown, path: string): string | undefined {
  if (!Array.isArray(value)) return `${path} was ${describe(value)}, not an array`;
  if (value.length !== spaces.length) {
    return `${path} had the length ${value.length}, not ${spaces.length}`;
  }
  for (const [index, space] of spaces.entries()) {
    const reason = whyOutside(space, value[index], `${path}[${index}]`);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
