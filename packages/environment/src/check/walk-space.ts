import { isKnownSpace } from '../spaces/known-space.js';
import type { Space } from '../spaces/space.js';

/** A space with the path of its values, such as `observation.history`. */
export interface NamedSpace {
  readonly path: string;
  readonly space: Space<unknown>;
}

/** A space and all spaces inside it. */
export function* walkSpace(space: Space<unknown>, path: string): Generator<NamedSpace> {
  yield { path, space };
  if (!isKnownSpace(space)) return;
  if (space.kind === 'dict') {
    for (const [name, each] of Object.entries(space.spaces)) yield* walkSpace(each, `${path}.${name}`);
  }
  if (space.kind === 'tuple') {
    for (const [index, each] of space.spaces.entries()) yield* walkSpace(each, `${path}[${index}]`);
  }
}
