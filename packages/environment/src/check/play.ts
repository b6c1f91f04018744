import { Random } from '@rl-recsys/random';
import type { Environment } from '../environment.js';
import { attempt, type Outcome } from './attempt.js';
import { copyOf } from './copy.js';
import { firstDifference, type Difference } from './first-difference.js';

/** Picks an action for an observation. */
export type ChooseAction = (observation: unknown, random: Random) => unknown;

/** How to play: how many steps at most, and which actions. */
export interface Plan {
  readonly steps: number;
  readonly chooseAction: ChooseAction;
}

/** What a call of reset or step returned, taken apart. */
export interface Answer {
  readonly returned: unknown;
  /** The values of the fields that are there. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  /** A copy of the fields but info, as they were at once. */
  readonly copy: unknown;
}

/** One call and what became of it. */
export interface Event {
  readonly kind: 'reset' | 'step' | 'chooseAction';
  /** The call in words, such as `step 3`. */
  readonly call: string;
  readonly action?: unknown;
  /** How the call changed its action. */
  readonly actionChange?: Difference | undefined;
  readonly outcome: Outcome<Answer>;
  /** How many steps the episode has had. */
  readonly episodeSteps: number;
}

export const resetFields: readonly string[] = ['observation', 'info'];
export const stepFields: readonly string[] = ['observation', 'reward', 'terminated', 'truncated', 'info'];

/**
 * Plays whole episodes, one after the other, up to so many steps, and tells of every call.
 *
 * The first reset gets `seed`, those after it nothing. Actions depend on the observations only. It
 * ends early where a call fails, and does nothing between two calls of `next`.
 */
export async function* play(
  environment: Environment<unknown, unknown>,
  { steps, chooseAction }: Plan,
  seed?: number,
): AsyncGenerator<Event, void> {
  const random = Random.fromSeed('actions');
  for (let step = 0, first = true; step < steps; first = false) {
    const seeded = first && seed !== undefined;
    const start = await attempt(async () =>
      takeApart(await (seeded ? environment.reset({ seed }) : environment.reset()), resetFields),
    );
    const call = seeded ? `reset({ seed: ${seed} })` : 'reset()';
    yield { kind: 'reset', call, outcome: start, episodeSteps: 0 };
    if (!start.ok) return;
    let { fields } = start.value;
    for (let episodeSteps = 1; step < steps && !isOver(fields); episodeSteps++) {
      step += 1;
      const call = `step ${step}`;
      const { observation } = fields;
      const choice = await attempt(() => chooseAction(observation, random));
      if (!choice.ok) {
        yield { kind: 'chooseAction', call, outcome: choice, episodeSteps };
        return;
      }
      const action = choice.value;
      const given = copyOf(action);
      const outcome = await attempt(async () => takeApart(await environment.step(action), stepFields));
      const actionChange = firstDifference(given, action, 'action');
      yield { kind: 'step', call, action: given, actionChange, outcome, episodeSteps };
      if (!outcome.ok) return;
      fields = outcome.value.fields;
    }
  }
}

export function isOver(fields: Answer['fields']): boolean {
  return Boolean(fields['terminated']) || Boolean(fields['truncated']);
}

/** Reads each field once: a getter may throw, and does so where it is caught. */
export function takeApart(returned: unknown, names: readonly string[]): Answer {
  if (typeof returned !== 'object' || returned === null) {
    return { returned, fields: {}, missing: names, extra: [], copy: {} };
  }
  const record = returned as Record<string, unknown>;
  const present = names.filter((name) => name in record);
  const fields = Object.fromEntries(present.map((name) => [name, record[name]]));
  return {
    returned,
    fields,
    missing: names.filter((name) => !present.includes(name)),
    extra: Object.keys(record).filter((name) => !names.includes(name)),
    copy: copyOf(Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'info'))),
  };
}
