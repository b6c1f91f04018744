import type { Environment } from '../environment.js';
import { inLockstep } from './in-lockstep.js';
import type { VectorEnvironment } from './vector-environment.js';

/**
 * Several environments in this process, stepped together; those that answer later are awaited.
 *
 * All must have the same spaces. See {@link VectorEnvironment} for how episodes end and begin.
 *
 * @param makes - one function for each environment, each of which makes one of its own.
 * @throws RangeError where there is none.
 * @throws TypeError where two functions gave the same environment.
 */
export function syncVectorEnvironment<Observation, Action>(
  makes: readonly (() => Environment<Observation, Action>)[],
): VectorEnvironment<Observation, Action> {
  const [first, ...others] = makes.map((make) => make());
  if (!first) throw new RangeError('makes: expected at least one function, got none');
  if (new Set([first, ...others]).size < makes.length) {
    throw new TypeError('makes: expected an environment of its own from each, got one of them twice');
  }
  return inLockstep(first, others);
}
