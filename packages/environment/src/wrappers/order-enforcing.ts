import type { SavedState } from '@rl-recsys/random';
import type { Environment, ResetResult, StepResult } from '../environment.js';
import { whenDone } from '../maybe-promise.js';
import { savedWith } from '../saving.js';
import { wrap } from './wrap.js';

const PHASES = ['not begun', 'running', 'ended'] as const;
type Phase = (typeof PHASES)[number];

/**
 * The same environment, in which a step before `reset`, or after the episode's end, throws.
 *
 * Such a step never reaches the environment, whose answer to it is undefined. Gymnasium's
 * `OrderEnforcing` refuses the first of the two only.
 */
export function orderEnforcing<Observation, Action>(
  environment: Environment<Observation, Action>,
): Environment<Observation, Action> {
  let phase: Phase = 'not begun';
  // Set when it is done, so that a step or a reset that fails changes nothing.
  const begun = (result: ResetResult<Observation>) => {
    phase = 'running';
    return result;
  };
  const followed = (result: StepResult<Observation>) => {
    if (result.terminated || result.truncated) phase = 'ended';
    return result;
  };
  return wrap(environment, {
    reset: (options) => whenDone(environment.reset(options), begun),
    step: (action) => {
      if (phase === 'not begun') throw new Error('step: expected reset first, got a step before any reset');
      if (phase === 'ended')
        throw new Error('step: expected reset first, got a step after the episode ended');
      return whenDone(environment.step(action), followed);
    },
    ...savedWith(environment, { state: () => phase, restore: (state) => void (phase = phaseOf(state)) }),
  });
}

function phaseOf(state: SavedState): Phase {
  const phase = PHASES.find((each) => each === state);
  if (phase !== undefined) return phase;
  throw new TypeError(`phase: expected ${PHASES.join(', ')}, got ${JSON.stringify(state)}`);
}
