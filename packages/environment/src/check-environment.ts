import type { Random } from '@rl-recsys/random';
import { attempt } from './check/attempt.js';
import { boundsRules } from './check/bounds-rules.js';
import { chooseMember } from './check/choose-member.js';
import { closeRule } from './check/close-rule.js';
import { describe } from './check/describe.js';
import { error, type Finding } from './check/finding.js';
import type { ChooseAction } from './check/play.js';
import { beforeResetRule, playRules } from './check/play-rules.js';
import { savingPairRule, savingRules } from './check/saving-rules.js';
import { seedRules, twinRules } from './check/seed-rules.js';
import { shapeRules } from './check/shape-rules.js';
import type { Environment, MaybePromise } from './environment.js';
import { assertMilliseconds, inTime } from './in-time.js';
import { timeout as timed } from './wrappers/timeout.js';

/** How {@link checkEnvironment} plays. */
export interface CheckOptions<Observation, Action> {
  /** How many steps each part of the check takes at most (default 100); it takes some 950 in all. */
  readonly steps?: number;
  /**
   * Picks an action where not every member of the action space may be chosen. By default it is a
   * sample of the space; where `recommendationSpace` is observed one of the `candidates`.
   */
  readonly chooseAction?: (observation: Observation, random: Random) => Action;
  /** How many milliseconds a promised answer may take (default 30,000; ours). */
  readonly timeout?: number;
}

/**
 * Plays an environment and tells where it breaks the contract, with what was seen and what to change.
 *
 * It looks at the spaces and their samples, at every field of every answer, at the order of calls, at
 * what seeds decide, at who owns the arrays, and at what is restored. Whatever the environment does, a throw included,
 * becomes a finding; each rule is reported once, where it broke first. Rules that can't be checked
 * before others hold are left out until then.
 *
 * @param make - makes a new environment at each call; it is called twice, and both are closed.
 * @throws RangeError where `steps` is not a positive integer, or no timer can wait for `timeout`.
 */
export async function checkEnvironment<Observation, Action>(
  make: () => MaybePromise<Environment<Observation, Action>>,
  { steps = 100, chooseAction, timeout = 30_000 }: CheckOptions<Observation, Action> = {},
): Promise<Finding[]> {
  if (!Number.isSafeInteger(steps) || steps < 1) {
    throw new RangeError(`steps: expected a positive integer, got ${steps}`);
  }
  assertMilliseconds('timeout', timeout);
  const firstOfRule = new Map<string, Finding>();
  const run = await attempt(async () => {
    const choose = chooseAction as ChooseAction | undefined;
    for await (const finding of findAll(make, { steps, chooseAction: choose, timeout })) {
      if (!firstOfRule.has(finding.rule)) firstOfRule.set(finding.rule, finding);
    }
  });
  const findings = [...firstOfRule.values()];
  if (run.ok) return findings;
  const seen = `reading what the environment gave threw ${run.failure}`;
  return [
    ...findings,
    error('readable', seen, 'give plain records, arrays and spaces whose contains never throws'),
  ];
}

/**
 * Throws where {@link checkEnvironment} finds errors; warnings pass. For the tests of an environment.
 *
 * @throws Error that lists all findings of severity error.
 */
export async function assertEnvironment<Observation, Action>(
  make: () => MaybePromise<Environment<Observation, Action>>,
  options: CheckOptions<Observation, Action> = {},
): Promise<void> {
  const errors = (await checkEnvironment(make, options)).filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  const lines = errors.map(({ rule, seen, change }) => `- ${rule}: ${seen}; ${change}`);
  throw new Error(`environment: expected no errors, found ${errors.length}\n${lines.join('\n')}`);
}

/** How to check, with the defaults filled in. */
interface Checking {
  readonly steps: number;
  readonly chooseAction: ChooseAction | undefined;
  readonly timeout: number;
}

async function* findAll(
  make: () => MaybePromise<Environment<unknown, unknown>>,
  checking: Checking,
): AsyncGenerator<Finding> {
  const made: Environment<unknown, unknown>[] = [];
  try {
    for (const call of ['make()', 'the second make()']) {
      const environment = await attempt(() => inTime('make', make(), checking.timeout));
      if (!environment.ok || typeof environment.value !== 'object' || environment.value === null) {
        const seen = environment.ok ? `gave ${describe(environment.value)}` : `threw ${environment.failure}`;
        yield error('make-succeeds', `${call} ${seen}`, 'return an environment from make');
        return;
      }
      made.push(environment.value);
    }
    const [environment, twin] = made as [Environment<unknown, unknown>, Environment<unknown, unknown>];
    yield* rulesFor(environment, twin, checking);
  } finally {
    for (const environment of made)
      await attempt(() => inTime('close', environment.close?.(), checking.timeout));
  }
}

async function* rulesFor(
  made: Environment<unknown, unknown>,
  madeTwin: Environment<unknown, unknown>,
  { steps, chooseAction, timeout }: Checking,
): AsyncGenerator<Finding> {
  let isShaped = true;
  for await (const finding of shapeRules(made)) {
    isShaped = false;
    yield finding;
  }
  if (!isShaped) return;
  const [environment, twin] = [timed(made, timeout), timed(madeTwin, timeout)];
  const plan = { steps, chooseAction: chooseAction ?? chooseMember(environment) };
  yield* boundsRules(environment);
  yield* savingPairRule(made);
  yield* beforeResetRule(environment);
  const canPlay = yield* playRules(environment, plan);
  if (canPlay) yield* seedRules(environment, plan);
  if (made === madeTwin) {
    yield error(
      'make-fresh',
      'make() gave the same object twice',
      'make a new environment at each call of make',
    );
  } else if (canPlay) {
    yield* twinRules(environment, twin, plan);
    yield* savingRules(environment, twin, plan);
  }
  yield* closeRule(made, timeout);
}
