import type { BoxArray, BoxSpace } from '../spaces/box.js';
import type { Space } from '../spaces/space.js';

/** The space, known to be a box; `name` is the argument's for the error. */
export function expectBox(wrapper: string, name: string, space: Space<unknown>): BoxSpace<BoxArray> {
  if (!isBox(space)) {
    throw new TypeError(`${wrapper}: expected an ${name} of kind box, got ${kindOf(space)}`);
  }
  return space;
}

/** The space, known to be a box of `Float32Array`s. */
export function expectFloatBox(wrapper: string, name: string, space: Space<unknown>): BoxSpace {
  if (!isBox(space) || space.dtype !== 'float32') {
    throw new TypeError(
      `${wrapper}: expected an ${name} of kind box with dtype float32, got ${kindOf(space)}`,
    );
  }
  return space as BoxSpace;
}

function isBox(space: Space<unknown>): space is BoxSpace<BoxArray> {
  return (space as Partial<BoxSpace>).kind === 'box';
}

function kindOf(space: Space<unknown>): string {
  const { kind, dtype } = space as { kind?: unknown; dtype?: unknown };
  if (typeof kind !== 'string') return 'a space without a kind';
  return typeof dtype === 'string' ? `${kind} with dtype ${dtype}` : kind;
}
