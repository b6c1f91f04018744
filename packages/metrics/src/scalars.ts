import type { TrainingMetrics } from './records.js';

/** Whether a figure is one of several that belong into one chart, such as `gate/likes`: its name up to the slash. */
export function familyOf(name: string): string | undefined {
  const slash = name.indexOf('/');
  return slash < 0 ? undefined : name.slice(0, slash);
}

/** All single numbers of a line by their names; null where it has none of them. */
export function scalarsOf(line: TrainingMetrics): Readonly<Record<string, number | null>> {
  const { reward, episodeReturn, episodeLength, stepsPerSecond, figures } = line;
  return { reward, episodeReturn, episodeLength, ...figures, stepsPerSecond };
}
