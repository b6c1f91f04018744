/** What is trained, and how: all that a link carries. */
export interface Plan {
  readonly world: WorldName;
  readonly seed: number;
  /** How many items training shows. */
  readonly steps: number;
  readonly replay: ReplayName;
  /** γ, ε and boredom from the first step. */
  readonly knobs: Knobs;
  /** Where knobs were turned later, in their order. */
  readonly turns: readonly Turn[];
  /** At which step it pauses by itself (default: at its end). */
  readonly until?: number;
}

export const worldNames = ['moving-taste', 'shop', 'ratings', 'file'] as const;
export type WorldName = (typeof worldNames)[number];

export const replayNames = ['prioritized', 'uniform'] as const;
export type ReplayName = (typeof replayNames)[number];

/** What can be changed while it trains. */
export interface Knobs {
  /** γ: what a reward one item later is worth. */
  readonly gamma: number;
  /** ε, the share of random items; `auto` falls from 1 to 0.1 in the first half. */
  readonly epsilon: number | 'auto';
  /** How fast simulated users are bored, where 1 is usual. */
  readonly boredom: number;
}

/** Knobs as they were turned at a step. */
export interface Turn {
  readonly step: number;
  readonly knobs: Knobs;
}

export const MOST_BOREDOM = 3;
const MOST_STEPS = 1_000_000;

/** γ of each world: nothing that is shown from a log changes what can be earned later, so that little is gained by looking ahead. */
const gammas: Readonly<Record<WorldName, number>> = {
  'moving-taste': 0.98,
  shop: 0.9,
  ratings: 0.5,
  file: 0.5,
};
const lengths: Readonly<Record<WorldName, number>> = {
  ...{ 'moving-taste': 48_000, shop: 20_000 },
  ...{ ratings: 30_720, file: 30_720 },
};

/** What a world begins with. */
export function planFor(world: WorldName, seed = 1): Plan {
  const knobs: Knobs = { gamma: gammas[world], epsilon: 'auto', boredom: 1 };
  return { world, seed, steps: lengths[world], replay: 'prioritized', knobs, turns: [] };
}

/** The knobs at a step. */
export function knobsAt({ knobs, turns }: Plan, step: number): Knobs {
  return turns.filter((turn) => turn.step <= step).at(-1)?.knobs ?? knobs;
}

/** The same to its end. */
export function withoutPause(plan: Plan): Plan {
  const { world, seed, steps, replay, knobs, turns } = plan;
  return { world, seed, steps, replay, knobs, turns };
}

/** A plan as the fragment of an address. */
export function toFragment({ world, seed, steps, replay, knobs, turns, until }: Plan): string {
  const fields = {
    ...{ world, seed, steps, replay, knobs: knobsText(knobs) },
    ...(turns.length > 0 && {
      turns: turns.map(({ step, knobs: each }) => `${step}~${knobsText(each)}`).join('_'),
    }),
    ...(until !== undefined && { until }),
  };
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/**
 * The plan of an address' fragment; undefined where it has none.
 *
 * @throws RangeError where a part of it can't be: it is named.
 */
export function fromFragment(fragment: string): Plan | undefined {
  const fields = new Map(new URLSearchParams(fragment.replace(/^#/, '')));
  if (!fields.has('world')) return undefined;
  const known = ['world', 'seed', 'steps', 'replay', 'knobs', 'turns', 'until'];
  for (const name of fields.keys())
    if (!known.includes(name)) refuse(name, `one of ${known.join(', ')}`, name);
  const world = oneOf('world', worldNames, fields.get('world'));
  const usual = planFor(world);
  const steps = integer('steps', fields.get('steps') ?? usual.steps, 1, MOST_STEPS);
  const turns = (fields.get('turns') ?? '').split('_').filter((text) => text !== '');
  const until = fields.get('until');
  return {
    ...{ world, steps },
    seed: integer('seed', fields.get('seed') ?? usual.seed, 0, Number.MAX_SAFE_INTEGER),
    replay: oneOf('replay', replayNames, fields.get('replay') ?? usual.replay),
    knobs: fields.has('knobs') ? knobsFrom(fields.get('knobs')!) : usual.knobs,
    turns: turns.map((text, place) => {
      const [step = '', knobs = ''] = text.split('~');
      return { step: integer(`turns[${place}]`, step, 0, steps), knobs: knobsFrom(knobs) };
    }),
    ...(until !== undefined && { until: integer('until', until, 1, steps) }),
  };
}

function knobsText({ gamma, epsilon, boredom }: Knobs): string {
  return [gamma, epsilon, boredom].join(',');
}

function knobsFrom(text: string): Knobs {
  const [gamma, epsilon, boredom] = text.split(',');
  return {
    gamma: within('gamma', gamma, 1),
    epsilon: epsilon === 'auto' ? 'auto' : within('epsilon', epsilon, 1),
    boredom: within('boredom', boredom, MOST_BOREDOM),
  };
}

function oneOf<Name extends string>(name: string, names: readonly Name[], value: string | undefined): Name {
  return names.find((each) => each === value) ?? refuse(name, names.join(', '), value);
}

function integer(name: string, value: string | number, least: number, most: number): number {
  const number = value === '' ? NaN : Number(value);
  if (Number.isSafeInteger(number) && number >= least && number <= most) return number;
  return refuse(name, `an integer from ${least} to ${most}`, value);
}

function within(name: string, value: string | undefined, most: number): number {
  const number = value === undefined || value === '' ? NaN : Number(value);
  return number >= 0 && number <= most ? number : refuse(name, `a number from 0 to ${most}`, value);
}

function refuse(name: string, expected: string, got: unknown): never {
  throw new RangeError(`${name}: expected ${expected}, got ${String(got)}`);
}
