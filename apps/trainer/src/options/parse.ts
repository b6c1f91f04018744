import { z } from 'zod';
import { scenarios } from '../scenarios/index.js';
import type { Scenario } from '../scenarios/scenario.js';
import type { Variant } from '../variants/variant.js';
import { chooseScenario, chooseVariant } from './choose.js';
import { flagOf, type Options } from './option.js';
import { refuseWithoutEffect } from './refuse.js';
import { runOptions, type RunOptions } from './run-options.js';

/**
 * The options that a command line gave, with the defaults of its scenario and variant for the others.
 *
 * @throws Error where an option is wrong, or would have no effect; it is named.
 */
export function parseTrainOptions(given: Readonly<Record<string, unknown>>): RunOptions {
  const scenario = chooseScenario(given);
  const variant = chooseVariant<Variant>(scenario, given['variant'] as string | undefined);
  refuseWithoutEffect(given, scenario, [variant]);
  const { dataset = scenario.names[0], ...others } = given;
  const parsed = schemaOf(scenario, variant).safeParse({
    ...others,
    ...{ scenario: dataset, variant: variant.name },
  });
  if (parsed.success) return parsed.data;
  const { path, message, code } = parsed.error.issues[0]!;
  const name = String(path[0]);
  const came = code === 'custom' || given[name] === undefined ? '' : `, got ${JSON.stringify(given[name])}`;
  throw new Error(`${flagOf(name)}: ${message}${came}`);
}

/** The options that a run was saved with. */
export function savedOptionsSchema(): z.ZodType<RunOptions> {
  type Member = z.core.$ZodTypeDiscriminable;
  const members = scenarios.map((scenario) =>
    z.discriminatedUnion(
      'variant',
      scenario.variants.map((variant) => schemaOf(scenario, variant)) as unknown as [Member],
    ),
  );
  return z.discriminatedUnion('scenario', members as unknown as [Member]) as unknown as z.ZodType<RunOptions>;
}

/** What a run of this scenario and variant may be started with, strictly, with its defaults. */
function schemaOf(scenario: Scenario, variant: Variant): z.ZodType<RunOptions> {
  const { rules = [] } = scenario;
  const object: z.ZodType = z.strictObject({
    scenario: z.enum(scenario.names),
    variant: z.literal(variant.name),
    ...schemasOf(runOptions),
    ...schemasOf(scenario.options),
    ...schemasOf(variant.options),
  });
  return rules.reduce(
    (schema, { option, message, holds }) =>
      schema.refine((values) => holds(values as Record<string, unknown>), { path: [option], message }),
    object,
  ) as z.ZodType<RunOptions>;
}

function schemasOf(options: Options): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(options).map(([name, { schema }]) => [name, schema]));
}
