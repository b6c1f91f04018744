import { scalarsOf, type TrainingMetrics } from '@rl-recsys/metrics';

/** Curves over one axis: `steps`, and for each run a value at each, null where it has none. */
export interface Series {
  readonly steps: readonly number[];
  readonly values: readonly (readonly (number | null)[])[];
}

/** One number of several runs over the steps of all of them. */
export function seriesOf(
  name: string,
  runs: readonly (readonly TrainingMetrics[])[],
  smoothing: number,
): Series {
  const steps = [...new Set(runs.flatMap((lines) => lines.map(({ step }) => step)))].sort((a, b) => a - b);
  const values = runs.map((lines) => {
    const own = smoothed(
      lines.map((line) => scalarsOf(line)[name] ?? null),
      smoothing,
    );
    const at = new Map(lines.map(({ step }, place) => [step, own[place]!]));
    return steps.map((step) => at.get(step) ?? null);
  });
  return { steps, values };
}

/**
 * Values as running means with weights that fall by `weight` from one to the one before it, so that the first counts no more than
 * others; gaps stay.
 *
 * @param weight - from 0, not smoothed, to less than 1.
 */
export function smoothed(values: readonly (number | null)[], weight: number): readonly (number | null)[] {
  let [sum, total] = [0, 0];
  return values.map((value) => {
    if (value === null) return null;
    sum = sum * weight + value;
    total = total * weight + 1;
    return sum / total;
  });
}
