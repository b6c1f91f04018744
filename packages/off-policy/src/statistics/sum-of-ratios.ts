/** Σ numerators / Σ denominators over units; without denominators over their number, which is a mean. */
export interface Ratio {
  /** `[units]` */
  readonly numerators: Float64Array;
  /** `[units]` */
  readonly denominators?: Float64Array;
}

/**
 * A sum of ratios of sums over units. Every estimator here is one: a mean (IPS, DR), one ratio (SNIPS), a mean and a
 * ratio (SNDR), or one ratio a step (self-normalized per-decision sampling).
 *
 * @param times - `[units]`: how often each unit counts; once where it is left out.
 * @returns NaN where denominators add up to 0.
 */
export function sumOfRatios(ratios: readonly Ratio[], times?: Int32Array): number {
  let value = 0;
  for (const { numerators, denominators } of ratios) {
    let [above, below] = [0, 0];
    for (let unit = 0; unit < numerators.length; unit++) {
      const count = times === undefined ? 1 : times[unit]!;
      above += count * numerators[unit]!;
      below += count * (denominators === undefined ? 1 : denominators[unit]!);
    }
    value += above / below;
  }
  return value;
}

/**
 * What each unit contributes to a sum of ratios: numbers whose mean is its value, and whose spread is its uncertainty.
 * For means they are the numerators; for ratios the value and the influence of a unit on it (the delta method).
 */
export function contributionsOf(ratios: readonly Ratio[]): Float64Array {
  const units = ratios[0]!.numerators.length;
  const contributions = new Float64Array(units);
  for (const { numerators, denominators } of ratios) {
    if (denominators === undefined) {
      for (let unit = 0; unit < units; unit++) contributions[unit]! += numerators[unit]!;
      continue;
    }
    const ratio = sumOfRatios([{ numerators, denominators }]);
    const mean = denominators.reduce((sum, value) => sum + value, 0) / units;
    for (let unit = 0; unit < units; unit++) {
      contributions[unit]! += ratio + (numerators[unit]! - ratio * denominators[unit]!) / mean;
    }
  }
  return contributions;
}

/** Means of the same units are one mean: fewer sums for a bootstrap to make. */
export function withMeansTogether(ratios: readonly Ratio[]): readonly Ratio[] {
  const means = ratios.filter(({ denominators }) => denominators === undefined);
  if (means.length < 2) return ratios;
  return [{ numerators: contributionsOf(means) }, ...ratios.filter((ratio) => !means.includes(ratio))];
}
