import { Random } from '@rl-recsys/random';
import type { Environment } from '../environment.js';
import { answerRules } from './answer-rules.js';
import { attempt } from './attempt.js';
import { describe } from './describe.js';
import { error, type Finding } from './finding.js';
import { ownershipRules } from './ownership-rules.js';
import { play, type Event, type Plan } from './play.js';

/** Finds whether an environment that was never reset refuses to step. */
export async function* beforeResetRule(environment: Environment<unknown, unknown>): AsyncGenerator<Finding> {
  const action = environment.actionSpace.sample(Random.fromSeed('before-reset'));
  const step = await attempt(() => environment.step(action));
  if (!step.ok) return;
  const seen = `step before any reset gave ${describe(step.value)}`;
  yield error(
    'step-before-reset',
    seen,
    'throw in step until reset was called, or wrap the environment in orderEnforcing',
  );
}

/**
 * Plays some episodes and finds what is wrong with them.
 *
 * @returns whether no call failed, so that there is something to compare.
 */
export async function* playRules(
  environment: Environment<unknown, unknown>,
  plan: Plan,
): AsyncGenerator<Finding, boolean> {
  const events: Event[] = [];
  for await (const event of play(environment, plan)) {
    yield* answerRules(environment, event);
    if (event.outcome.ok && event.outcome.value.fields['terminated'] === true) {
      yield* afterEndRule(environment, event);
    }
    events.push(event);
  }
  yield* ownershipRules(events);
  return events.every(({ outcome }) => outcome.ok);
}

/** A truncated episode would have gone on, so only the end of the task is held against a step. */
async function* afterEndRule(
  environment: Environment<unknown, unknown>,
  { call, action }: Event,
): AsyncGenerator<Finding> {
  const step = await attempt(() => environment.step(action));
  if (!step.ok) return;
  const seen = `${call} terminated the episode, and one more step gave ${describe(step.value)}`;
  yield error(
    'step-after-end',
    seen,
    'throw in step from the end of an episode until the next reset, or wrap the environment in orderEnforcing',
  );
}
