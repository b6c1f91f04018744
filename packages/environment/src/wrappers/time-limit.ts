import { savedCount } from '@rl-recsys/random';
import type { Environment, ResetResult, StepResult } from '../environment.js';
import { whenDone } from '../maybe-promise.js';
import { savedWith } from '../saving.js';
import { wrap } from './wrap.js';

/**
 * The same environment, cut off (`truncated`) after `maxSteps` steps.
 *
 * It is the one place where truncation comes from: an environment itself only terminates.
 *
 * @throws RangeError where `maxSteps` is not a positive integer.
 */
export function timeLimit<Observation, Action>(
  environment: Environment<Observation, Action>,
  maxSteps: number,
): Environment<Observation, Action> {
  if (!Number.isSafeInteger(maxSteps) || maxSteps < 1) {
    throw new RangeError(`maxSteps: expected a positive integer, got ${maxSteps}`);
  }
  let steps = 0;
  // Counted when it is done, so that a step or a reset that fails changes nothing.
  const started = (result: ResetResult<Observation>) => {
    steps = 0;
    return result;
  };
  const counted = (result: StepResult<Observation>) => {
    steps += 1;
    return { ...result, truncated: result.truncated || steps >= maxSteps };
  };
  return wrap(environment, {
    reset: (options) => whenDone(environment.reset(options), started),
    step: (action) => whenDone(environment.step(action), counted),
    ...savedWith(environment, {
      state: () => steps,
      restore: (state) => void (steps = savedCount(state, 'steps', maxSteps)),
    }),
  });
}
