import type { TrainingMetrics } from './records.js';
import { scalarsOf } from './scalars.js';

/**
 * Lines of metrics as CSV with a heading: step, episodes, seconds, then every single number by its name. Where a line has none,
 * its cell is empty. Histograms have no place in it.
 */
export function metricsCsv(lines: readonly TrainingMetrics[]): string {
  const names = [...new Set(lines.flatMap((line) => Object.keys(scalarsOf(line))))];
  const heading = ['step', 'episodes', 'seconds', ...names];
  const rows = lines.map((line) => {
    const scalars = scalarsOf(line);
    return [line.step, line.episodes, line.seconds, ...names.map((name) => scalars[name] ?? null)];
  });
  return [heading, ...rows].map((cells) => cells.map(cellOf).join(',') + '\n').join('');
}

/** RFC 4180: what has a comma, a quote or a line break in it is quoted. */
function cellOf(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
