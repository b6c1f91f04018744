import type { SavedState } from '@rl-recsys/random';
import type { Environment } from '../environment.js';
import { canBeSaved } from '../saving.js';

/**
 * The same environment with some of its parts replaced: how a wrapper is written.
 *
 * What isn't replaced is handed on, `close` too, so that whoever closes the outermost environment closes all. So are `state`
 * and `restore`, where the environment has them: a wrapper that keeps something of its own adds it by `savedWith`. One
 * with other observations or actions says how it resets and steps, and in which spaces.
 *
 * @param environment - its methods are called on it, so that it may be an instance of a class.
 * @param overrides - these parts instead.
 * @returns a new object; the environment stays as it is.
 */
export function wrap<InnerObservation, InnerAction, Observation, Action>(
  environment: Environment<InnerObservation, InnerAction>,
  overrides: Environment<Observation, Action>,
): Environment<Observation, Action>;
/** The same environment, which keeps its observations and actions, with some of its parts replaced. */
export function wrap<Observation, Action>(
  environment: Environment<Observation, Action>,
  overrides: Partial<Environment<Observation, Action>>,
): Environment<Observation, Action>;
export function wrap(
  environment: Environment<unknown, unknown>,
  overrides: Partial<Environment<unknown, unknown>>,
): Environment<unknown, unknown> {
  return {
    observationSpace: environment.observationSpace,
    actionSpace: environment.actionSpace,
    reset: (options) => environment.reset(options),
    step: (action) => environment.step(action),
    close: () => environment.close?.(),
    ...(canBeSaved(environment) && {
      state: () => environment.state(),
      restore: (state: SavedState) => environment.restore(state),
    }),
    ...overrides,
  };
}
