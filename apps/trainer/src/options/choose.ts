import { scenarios } from '../scenarios/index.js';
import type { EnvironmentScenario, LogScenario, Scenario } from '../scenarios/scenario.js';
import type { Variant } from '../variants/variant.js';
import { nearest } from './nearest.js';
import { listed } from './option.js';

/**
 * The scenario that `--dataset` or `--env` names, or else the first.
 *
 * @throws Error where both are given, or none has that name.
 */
export function chooseScenario(given: Readonly<Record<string, unknown>>): Scenario {
  const { dataset, env } = given as { readonly dataset?: string; readonly env?: string };
  if (env !== undefined) {
    if (dataset !== undefined)
      throw new Error('--env: expected without --dataset, since an environment brings its own users');
    return scenarios.find((each): each is EnvironmentScenario => each.kind === 'environment')!;
  }
  if (dataset === undefined) return scenarios[0];
  const logs = scenarios.filter((each): each is LogScenario => each.kind === 'log');
  const found = logs.find(({ names }) => names.includes(dataset));
  if (found !== undefined) return found;
  const names = logs.flatMap((each) => each.names);
  throw new Error(`--dataset: expected ${listed(names, 'or')}, got ${dataset}${nearest(dataset, names)}`);
}

/**
 * The variant of that name, or else the scenario's first.
 *
 * @throws Error where the scenario has none of that name.
 */
export function chooseVariant<Learns extends Variant>(
  { variants, givenBy }: { readonly variants: readonly [Learns, ...Learns[]]; readonly givenBy: string },
  name: string | undefined,
): Learns {
  if (name === undefined) return variants[0];
  const found = variants.find((variant) => variant.name === name);
  if (found !== undefined) return found;
  const names = variants.map((variant) => variant.name);
  throw new Error(
    `--variant: expected ${listed(names, 'or')} with ${givenBy}, got ${name}${nearest(name, names)}`,
  );
}
