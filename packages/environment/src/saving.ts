import { savedRecord, type Savable, type SavedState } from '@rl-recsys/random';
import type { Environment } from './environment.js';
import { whenDone } from './maybe-promise.js';

/** What of an environment can be saved, and restored. */
type SavedParts = Required<Pick<Environment<unknown, unknown>, 'state' | 'restore'>>;

/** Whether an environment, or several side by side, can be stopped within an episode and go on: it has `state` and `restore`. */
export function canBeSaved(environment: object): environment is SavedParts {
  const { state, restore } = environment as Partial<SavedParts>;
  return typeof state === 'function' && typeof restore === 'function';
}

/**
 * `state` and `restore` of a wrapper that keeps something of its own; neither, where the environment that it wraps has none.
 *
 * @param own - what the wrapper keeps.
 */
export function savedWith(environment: object, own: Savable): Partial<SavedParts> {
  if (!canBeSaved(environment)) return {};
  const inner: SavedParts = environment;
  return {
    state: () => whenDone(inner.state(), (state) => ({ inner: state, own: own.state() })),
    restore: (state: SavedState) => {
      const saved = savedRecord(state, 'state', ['inner', 'own']);
      const before = own.state();
      own.restore(saved.own);
      // The wrapper's first, which is quick to take back where the environment refuses its own.
      return undoing(
        () => own.restore(before),
        () => inner.restore(saved.inner),
      );
    },
  };
}

/** Calls, and calls `undo` where that throws or rejects. */
function undoing(undo: () => void, call: () => void | Promise<void>): void | Promise<void> {
  try {
    const done = call();
    return done instanceof Promise
      ? done.catch((error: unknown) => {
          undo();
          throw error;
        })
      : done;
  } catch (error) {
    undo();
    throw error;
  }
}
