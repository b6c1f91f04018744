import { figure } from './figures.js';
import type { Results } from './select.js';

/** A line of "Does it win?". */
export interface GoalLine {
  readonly goal: string;
  readonly measured: string;
  /** In words: "met", "missed by …", "not run yet". */
  readonly verdict: string;
}

/** The verdict on a figure that should be so high. */
export function atLeast(value: number, least: number): string {
  const missing = least - value;
  return missing < 1e-9 ? 'met' : `missed by ${figure(missing, missing < 5e-5 ? 5 : 4)}`; // they are kept with five decimals
}

/** The verdict on what should hold for all. */
export function ofAll(count: number, all: number): string {
  return count === all ? 'met' : `missed by ${all - count} of ${all}`;
}

/** Says so where not all seeds have been run. */
export function soFar<Line extends Omit<GoalLine, 'goal'>>(
  line: Line,
  count: number,
  results: Results,
): Line {
  const { length } = results.configuration.seeds;
  if (count === length) return line;
  const { measured, verdict } = line;
  return { ...line, measured: `${measured} (${count} of ${length} seeds)`, verdict: `${verdict} so far` };
}
