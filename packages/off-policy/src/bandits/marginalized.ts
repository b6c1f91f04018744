import { checkColumn, checkIndices, checkUnits, FINITE, PROBABILITY, type Column } from '../columns.js';
import type { Estimate, EstimateOptions } from '../estimate.js';
import { inversePropensityScore } from './importance-sampling.js';
import type { LoggedRounds } from './logged-rounds.js';

/** A log of single recommendations out of many items that fall into categories. */
export interface LoggedDistributions {
  /** `[rounds]`: what the recommended item earned. */
  readonly rewards: Column;
  /** int32 `[rounds]`: the item that was recommended. */
  readonly actions: Int32Array;
  /** int32 `[items]`: each item's category, any integer. Where items have several features a category is all of them together. */
  readonly categories: Int32Array;
  /** `[rounds × items]`: π₀(· | x), round after round. */
  readonly behavior: Column;
  /** `[rounds × items]`: π(· | x), round after round. */
  readonly target: Column;
}

/** Distributions that were added up in 32 bits are not 1 to the last digit. */
const ROUNDING = 1e-4;

/**
 * @throws RangeError where columns differ in length, an action is no item or was impossible, or a distribution does not
 * add up to 1; column and row are named.
 */
export function checkLoggedDistributions(log: LoggedDistributions): void {
  const { rewards, actions, categories, behavior, target } = log;
  const [rounds, items] = [rewards.length, categories.length];
  checkColumn('rewards', rewards, rounds, FINITE);
  checkUnits('rounds', rounds);
  checkIndices('actions', actions);
  checkIndices('categories', categories);
  if (actions.length !== rounds)
    throw new RangeError(`actions: expected ${rounds} rows, got ${actions.length}`);
  for (const [row, action] of actions.entries()) {
    if (action < 0 || action >= items) {
      throw new RangeError(`actions[${row}]: expected an item below ${items}, got ${action}`);
    }
  }
  for (const [name, column] of Object.entries({ behavior, target })) {
    checkColumn(name, column, rounds * items, PROBABILITY);
    for (let row = 0; row < rounds; row++) {
      let sum = 0;
      for (let at = row * items; at < (row + 1) * items; at++) sum += column[at]!;
      if (Math.abs(sum - 1) > ROUNDING) {
        throw new RangeError(`${name} of round ${row}: expected probabilities that add up to 1, got ${sum}`);
      }
    }
  }
  const impossible = actions.findIndex((action, row) => behavior[row * items + action] === 0);
  if (impossible !== -1) {
    const at = impossible * items + actions[impossible]!;
    throw new RangeError(`behavior[${at}]: expected what was shown to be possible, got 0`);
  }
}

/**
 * The rounds of a log with categories in the place of items: p(e | x, π) = Σ π(a | x) over the items of category e. Any
 * estimator of rounds takes it. Of use where the category tells all that the reward depends on, and items are many.
 *
 * @throws RangeError where the log breaks its contract.
 */
export function marginalizedRounds(log: LoggedDistributions): LoggedRounds {
  checkLoggedDistributions(log);
  const { rewards, actions, categories, behavior, target } = log;
  const itemsOf = new Map<number, number[]>();
  for (const [item, category] of categories.entries()) {
    if (!itemsOf.get(category)?.push(item)) itemsOf.set(category, [item]);
  }
  const sums = (column: Column) =>
    Float64Array.from(actions, (action, row) => {
      let sum = 0;
      for (const item of itemsOf.get(categories[action]!)!) sum += column[row * categories.length + item]!;
      return Math.min(sum, 1);
    });
  return { rewards, propensities: sums(behavior), targetProbabilities: sums(target) };
}

/**
 * Marginalized inverse propensity scoring (Saito and Joachims 2022): {@link inversePropensityScore} with weights of the
 * category that was shown, p(e | x, π) / p(e | x, π₀).
 *
 * @throws RangeError where the log or an option breaks its contract.
 */
export function marginalizedInversePropensityScore(
  log: LoggedDistributions,
  options: EstimateOptions,
): Estimate {
  return inversePropensityScore(marginalizedRounds(log), options);
}
