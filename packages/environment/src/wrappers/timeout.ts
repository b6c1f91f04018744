import type { Environment } from '../environment.js';
import { assertMilliseconds, inTime } from '../in-time.js';
import { wrap } from './wrap.js';

/**
 * The same environment, in which a promised step or reset that takes longer than `milliseconds` rejects.
 *
 * The late answer is dropped when it comes, but the environment may still be at work on it: `reset`
 * before going on. An answer that is not promised can't be cut off.
 *
 * The promise rejects with a `DOMException` named `TimeoutError`, as `AbortSignal.timeout` does.
 *
 * @throws RangeError where `milliseconds` is not above 0 and at most 2³¹ − 1.
 */
export function timeout<Observation, Action>(
  environment: Environment<Observation, Action>,
  milliseconds: number,
): Environment<Observation, Action> {
  assertMilliseconds('milliseconds', milliseconds);
  return wrap(environment, {
    reset: (options) => inTime('reset', environment.reset(options), milliseconds),
    step: (action) => inTime('step', environment.step(action), milliseconds),
  });
}
