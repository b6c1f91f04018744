import type { Environment } from '../environment.js';
import { error, warning, type Finding } from './finding.js';
import { firstDifference, type Difference } from './first-difference.js';
import { play, type Event, type Plan } from './play.js';

const seed = 7;
const otherSeed = 8;

/** What one call showed, by value. */
export interface Shown {
  readonly call: string;
  readonly copy: unknown;
}

/** Finds whether a seed decides the episodes of one environment, and the next seed others. */
export async function* seedRules(
  environment: Environment<unknown, unknown>,
  plan: Plan,
): AsyncGenerator<Finding> {
  const change = 'draw all randomness from a stream that reset seeds';
  const first = await shownBy(play(environment, plan, seed));
  const again = firstChange(first, await shownBy(play(environment, plan, seed)));
  if (again !== undefined) {
    yield sameSeedFinding(again, seed, change);
    return;
  }
  const zero = await shownBy(play(environment, plan, 0));
  const zeroAgain = firstChange(zero, await shownBy(play(environment, plan, 0)));
  if (zeroAgain !== undefined) {
    const notFalsy = `${change}; 0 is a seed too: compare seed with undefined`;
    yield sameSeedFinding(zeroAgain, 0, notFalsy);
    return;
  }
  if (firstChange(first, await shownBy(play(environment, plan, otherSeed))) === undefined) {
    yield warning(
      'other-seed-other-episode',
      `reset({ seed: ${seed} }) and reset({ seed: ${otherSeed} }) gave the same ${first.length} answers`,
      `${change}; ignore this where the task has no randomness`,
    );
  }
}

/** Finds whether two environments of one make are alike and leave each other alone. */
export async function* twinRules(
  environment: Environment<unknown, unknown>,
  twin: Environment<unknown, unknown>,
  plan: Plan,
): AsyncGenerator<Finding> {
  const first = await shownBy(play(environment, plan, seed));
  if (firstChange(first, await shownBy(play(environment, plan, seed))) !== undefined) return;
  const made = firstChange(first, await shownBy(play(twin, plan, seed)));
  if (made !== undefined) {
    yield warning(
      'same-seed-new-environment',
      `reset({ seed: ${seed} }) differed between two environments of make(): ${inWords(made)}`,
      'build the world of an environment from its arguments or from the seed of reset',
    );
    return;
  }
  const other = play(environment, plan, otherSeed);
  const beside: Shown[] = [];
  for await (const event of play(twin, plan, seed)) {
    beside.push(shown(event));
    await other.next();
  }
  const disturbed = firstChange(first, beside);
  if (disturbed === undefined) return;
  yield error(
    'independent-environments',
    `an environment behaved differently while another one of make() was played: ${inWords(disturbed)}`,
    'keep all state inside what make() returns, none in the module',
  );
}

async function shownBy(events: AsyncIterable<Event>): Promise<Shown[]> {
  const all: Shown[] = [];
  for await (const event of events) all.push(shown(event));
  return all;
}

export function shown({ call, outcome }: Event): Shown {
  return { call, copy: outcome.ok ? outcome.value.copy : { failure: outcome.failure } };
}

export function firstChange(
  before: readonly Shown[],
  after: readonly Shown[],
): (Shown & Difference) | undefined {
  for (const [index, earlier] of before.entries()) {
    const later = after[index];
    const difference = firstDifference(earlier.copy, later?.copy, 'answer');
    if (difference !== undefined) return { ...earlier, ...difference };
  }
  return undefined;
}

function sameSeedFinding(changed: Shown & Difference, seed: number, change: string): Finding {
  return changed.call.startsWith('reset({')
    ? error(
        'same-seed-same-reset',
        `reset({ seed: ${seed} }) gave two different observations: ${placed(changed)}`,
        change,
      )
    : error(
        'same-seed-same-steps',
        `after reset({ seed: ${seed} }) the same actions gave two different answers: ${inWords(changed)}`,
        change,
      );
}

export function inWords(changed: Shown & Difference): string {
  return `at ${changed.call} ${placed(changed)}`;
}

function placed({ path, before, after }: Difference): string {
  return `${path.replace(/^answer\.?/, '') || 'the answer'} was ${before} and then ${after}`;
}
