import { scenarios } from '../scenarios/index.js';
import type { Scenario } from '../scenarios/scenario.js';
import type { Variant } from '../variants/variant.js';
import { flagOf, listed } from './option.js';
import { runOptions } from './run-options.js';

/** What says which scenario and variant it is, and is no option of theirs. */
const CHOICES = ['dataset', 'variant'];

/**
 * Refuses options that nothing would read.
 *
 * @param variants - those of the scenario that may be meant: one, or all where that is found out later.
 * @throws Error where an option would have no effect: it says why, and what it goes with.
 */
export function refuseWithoutEffect(
  given: Readonly<Record<string, unknown>>,
  scenario: Scenario,
  variants: readonly Variant[],
): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || CHOICES.includes(name) || name in runOptions) continue;
    if (name in scenario.options || variants.some(({ options }) => name in options)) continue;
    const why = reasonOf(name, scenario, variants);
    throw new Error(
      `${flagOf(name)}: expected with ${placesOf(name, scenario, variants)} only; here it would have no effect: ${why}`,
    );
  }
}

/** Why an option would have no effect: the variant knows of other variants' options, the scenario of other scenarios'. */
function reasonOf(name: string, scenario: Scenario, variants: readonly Variant[]): string {
  for (const { reasons } of variants) if (reasons[name] !== undefined) return reasons[name];
  return scenario.reason;
}

/** Where an option has an effect: in other variants of this scenario, or else in other scenarios. */
function placesOf(name: string, scenario: Scenario, variants: readonly Variant[]): string {
  const others = scenario.variants.filter((each) => !variants.includes(each) && name in each.options);
  const variantNames = others.map((each) => `the ${each.name} variant`);
  // Where this scenario reads it in no variant, or the same variant reads it elsewhere, other scenarios are named too.
  const scenarioNames = scenarios
    .filter((each) => each !== scenario)
    .filter(
      (each) =>
        name in each.options ||
        each.variants.some(
          (variant) => name in variant.options && variants.some((meant) => meant.name === variant.name),
        ),
    )
    .map(({ givenBy }) => givenBy);
  const elsewhere = scenarios
    .filter((each) => each !== scenario && each.variants.some((variant) => name in variant.options))
    .map(({ givenBy }) => givenBy);
  const places = [...variantNames, ...scenarioNames];
  return listed(places.length > 0 ? places : elsewhere, 'or');
}
