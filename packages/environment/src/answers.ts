import { describe } from './check/describe.js';
import { whyOutside } from './check/why-outside.js';
import type { ResetResult, StepResult } from './environment.js';
import type { Space } from './spaces/space.js';

/**
 * Accepts what `reset` may give, whatever the observation is.
 *
 * @throws TypeError that names the part that is missing or of another type.
 */
export function assertReset(answer: unknown): asserts answer is ResetResult<unknown> {
  observationOf('reset', answer);
}

/**
 * Accepts what `step` may give, whatever the observation is: an agent must never learn from anything else.
 *
 * @throws TypeError or RangeError that names the part that is missing, of another type or not finite.
 */
export function assertStep(answer: unknown): asserts answer is StepResult<unknown> {
  const { reward, terminated, truncated } = observationOf('step', answer) as Partial<StepResult<unknown>>;
  if (!Number.isFinite(reward)) {
    throw new RangeError(`step: expected a finite reward, got ${describe(reward)}`);
  }
  assertFlag('terminated', terminated);
  assertFlag('truncated', truncated);
}

function assertFlag(name: string, flag: unknown): void {
  if (typeof flag === 'boolean') return;
  throw new TypeError(`step: expected true or false as ${name}, got ${describe(flag)}`);
}

/**
 * Accepts members of a space.
 *
 * @param path - what the value is called in the error.
 * @throws RangeError with the first reason why it is none, such as `observation.history[3] was 12, above 9`.
 */
export function assertMember<T>(space: Space<T>, value: unknown, path: string): asserts value is T {
  const reason = whyOutside(space, value, path);
  if (reason !== undefined) throw new RangeError(`${path}: expected a member of its space, but ${reason}`);
}

function observationOf(call: string, answer: unknown): object {
  if (typeof answer === 'object' && answer !== null && 'observation' in answer) return answer;
  throw new TypeError(`${call}: expected a record with an observation, got ${describe(answer)}`);
}
