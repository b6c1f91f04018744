import type { SweepFile } from './sweep-file.js';

/**
 * How many steps the trials of each round have: the last round as many as were asked for, each before it fewer by the factor. Without
 * halving there is one round, and trials have the steps that they have.
 *
 * See Jamieson and Talwalkar 2016, "Non-stochastic best arm identification and hyperparameter optimization", algorithm 1.
 */
export function stepsOfRounds({
  halving,
  train,
}: Pick<SweepFile, 'halving' | 'train'>): (number | undefined)[] {
  if (!halving) return [undefined];
  const { rounds, factor } = halving;
  const steps = train['steps'] as number;
  return Array.from({ length: rounds }, (_, round) => Math.ceil(steps / factor ** (rounds - 1 - round)));
}

/**
 * The best of a round: one of `factor`, and one at least.
 *
 * @param valueOf - how good each is, more is better; undefined where it failed, which is worse than any.
 */
export function survivors<Tried>(
  tried: readonly Tried[],
  factor: number,
  valueOf: (tried: Tried) => number | undefined,
): Tried[] {
  const ranked = [...tried].sort((one, other) => (valueOf(other) ?? -Infinity) - (valueOf(one) ?? -Infinity));
  return ranked.slice(0, Math.max(1, Math.floor(tried.length / factor)));
}
