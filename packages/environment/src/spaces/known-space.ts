import type { BoxSpace } from './box.js';
import type { DictSpace } from './dict.js';
import type { DiscreteSpace } from './discrete.js';
import type { MultiBinarySpace } from './multi-binary.js';
import type { MultiDiscreteSpace } from './multi-discrete.js';
import type { Space } from './space.js';
import type { TupleSpace } from './tuple.js';

/** The spaces of this package that say how they are built; `kind` tells them apart. */
export type KnownSpace =
  | BoxSpace
  | BoxSpace<Int32Array>
  | DiscreteSpace
  | MultiDiscreteSpace
  | MultiBinarySpace
  | DictSpace<Record<string, Space<unknown>>>
  | TupleSpace<readonly Space<unknown>[]>;

/** The kinds of {@link KnownSpace}. */
export const knownKinds: readonly KnownSpace['kind'][] = [
  'box',
  'discrete',
  'multiDiscrete',
  'multiBinary',
  'dict',
  'tuple',
];

/** Whether a space is one of {@link KnownSpace}, by its `kind`. */
export function isKnownSpace(space: Space<unknown>): space is KnownSpace {
  return (knownKinds as readonly unknown[]).includes((space as Partial<KnownSpace>).kind);
}
