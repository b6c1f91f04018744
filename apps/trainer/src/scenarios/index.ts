import type { LogRunOptions, RunOptions } from '../options/run-options.js';
import type { LogVariant } from '../variants/variant.js';
import { csv } from './csv/index.js';
import { environment } from './environment/index.js';
import { events } from './events/index.js';
import { jester } from './jester/index.js';
import { movielens } from './movielens/index.js';
import { movingTaste } from './moving-taste/index.js';
import { synthetic } from './synthetic/index.js';
import type { LogScenario, Scenario } from './scenario.js';

/** All scenarios; the first is the default. */
export const scenarios: readonly [Scenario, ...Scenario[]] = [
  movingTaste,
  synthetic,
  csv,
  events,
  movielens,
  jester,
  environment,
];

/** Whether a run learned from a log. */
export function isLogRun(options: RunOptions): options is LogRunOptions {
  return scenarios.some(({ kind, names }) => kind === 'log' && names.includes(options.scenario));
}

/** The scenario of a run that learned from a log. */
export function logScenarioOf({ scenario: name }: LogRunOptions): LogScenario {
  const found = scenarios.find(({ names }) => names.includes(name));
  if (found?.kind !== 'log') throw new Error(`scenario: expected one with a log, got ${name}`);
  return found;
}

/** The variant of a run that learned from a log. */
export function logVariantOf(options: LogRunOptions): LogVariant {
  const found = logScenarioOf(options).variants.find(({ name }) => name === options.variant);
  if (found === undefined) throw new Error(`variant: expected one of the scenario's, got ${options.variant}`);
  return found;
}
