import type { Report, Side } from './report.js';

/** The table of a report's cases as text: its head, and a row of cells a case. */
export function caseTable(report: Report): { head: string[]; rows: string[][] } {
  const times = ['median', 'min', 'p5–p95', ...(report.showsP99 ? ['p99'] : [])];
  return {
    head: ['case', ...times.map((each) => `our ${each}`), 'peer', ...times, 'ratio', 'ratio of minima'],
    rows: report.cases.map(({ name, ours, peer, ratio, ratioOfMinima }) => [
      name,
      ...sideCells(ours, report),
      ...(peer ? [peer.name, ...sideCells(peer, report)] : ['none', ...times.map(() => '–')]),
      ratioCell(ratio),
      ratioCell(ratioOfMinima),
    ]),
  };
}

function sideCells({ median, min, p5, p95, p99 }: Side, { unit, showsP99 }: Report): string[] {
  const cell = (time: number) => timeCell(time, unit);
  return [cell(median), cell(min), `${cell(p5)}–${cell(p95)}`, ...(showsP99 ? [cell(p99)] : [])];
}

/** Milliseconds in the unit of the table, with three digits that mean something. */
export function timeCell(time: number, unit: Report['unit']): string {
  return digits(unit === 'µs' ? 1000 * time : time);
}

export function digits(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function ratioCell(ratio: number | null): string {
  return ratio === null ? '–' : ratio.toFixed(2);
}
