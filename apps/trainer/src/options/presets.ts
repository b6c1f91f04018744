import type { Scenario } from '../scenarios/scenario.js';
import type { Variant } from '../variants/variant.js';
import { defaultOf, type Options } from './option.js';

/** Options under one name, for what many want. */
export interface Preset {
  readonly about: string;
  /** What it chooses before scenario and variant are known. */
  readonly chooses?: Readonly<Record<string, unknown>>;
  /** What it sets of a variant's options, whose defaults it may look at. */
  readonly sets?: (options: Options) => Readonly<Record<string, unknown>>;
}

/** All presets, by their names. */
export const presets: Readonly<Record<string, Preset>> = {
  quick: {
    about: 'a tenth of the steps, to see that everything works',
    sets: ({ steps }) => (steps ? { steps: Math.ceil((defaultOf(steps) as number) / 10) } : {}),
  },
  paper: { about: 'DRR to the letter of the paper', chooses: { variant: 'paper' } },
  'next-item': {
    about: 'what users take next, liked or not, by a model of order too: the gated variant on a log',
    chooses: { variant: 'gated' },
    sets: () => ({ goal: 'next-item', sequenceBlock: 'sasrec' }),
  },
};

/** What a preset sets where a scenario's variant has its options. */
export function presetValues(
  name: string,
  scenario: Pick<Scenario, 'options'>,
  variant: Pick<Variant, 'options'>,
): Readonly<Record<string, unknown>> {
  return presets[name]!.sets?.({ ...scenario.options, ...variant.options }) ?? {};
}
