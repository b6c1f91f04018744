import { copySaved, type SavedState } from '@rl-recsys/random';
import type { Environment } from '../environment.js';
import { canBeSaved } from '../saving.js';
import { attempt } from './attempt.js';
import { error, type Finding } from './finding.js';
import { play, resetFields, stepFields, takeApart, type Event, type Plan } from './play.js';
import { firstChange, inWords, shown, type Shown } from './seed-rules.js';

const seed = 7;
const change =
  'give in state all that decides what comes next, the random stream too, and take all of it in restore';

/** Finds whether an environment has one of `state` and `restore` alone. */
export function* savingPairRule(environment: Environment<unknown, unknown>): Generator<Finding> {
  const [hasState, hasRestore] = [environment.state !== undefined, environment.restore !== undefined];
  if (hasState === hasRestore) return;
  const [there, missing] = hasState ? ['state', 'restore'] : ['restore', 'state'];
  yield error('state-and-restore', `it has ${there} but no ${missing}`, 'have both, or neither');
}

/** Finds whether an environment that can be saved goes on in another one of the same make as it does itself. */
export async function* savingRules(
  environment: Environment<unknown, unknown>,
  twin: Environment<unknown, unknown>,
  plan: Plan,
): AsyncGenerator<Finding> {
  if (!canBeSaved(environment) || !canBeSaved(twin)) return;
  const before: Event[] = [];
  const after: Event[] = [];
  let state: SavedState | undefined;
  for await (const event of play(environment, plan, seed)) {
    (state === undefined ? before : after).push(event);
    if (state !== undefined || before.length < plan.steps / 2) continue;
    const saved = await attempt(() => environment.state());
    if (!saved.ok) {
      yield error('state-restores', `state() at ${event.call} threw ${saved.failure}`, change);
      return;
    }
    state = saved.value; // not a copy: what happens afterwards must not change it
  }
  if (state === undefined || after.length === 0) return;
  const given = copySaved(state);
  const restored = await attempt(() => twin.restore(given));
  if (!restored.ok) {
    yield error('state-restores', `restore(state()) threw ${restored.failure}`, change);
    return;
  }
  const changed = firstChange(after.map(shown), await repeated(twin, after));
  if (changed !== undefined)
    yield error('state-restores', `what was restored went on otherwise: ${inWords(changed)}`, change);
}

/** What the same calls with the same actions show in another environment. */
async function repeated(
  environment: Environment<unknown, unknown>,
  events: readonly Event[],
): Promise<Shown[]> {
  const all: Shown[] = [];
  for (const event of events) {
    const outcome = await attempt(async () =>
      event.kind === 'reset'
        ? takeApart(await environment.reset(), resetFields)
        : takeApart(await environment.step(event.action), stepFields),
    );
    all.push(shown({ ...event, outcome }));
  }
  return all;
}
