import type { Problem } from './advice.js';
import { listNames, type Cells } from './cells.js';
import type { BadRow } from './log-report.js';
import { rowError } from './dataset-error.js';

const named = 20;

/** Counts bad rows and keeps the first 20. */
export class BadRows {
  count = 0;
  readonly first: BadRow[] = [];

  /** @param maximum - how many are put up with. */
  constructor(private readonly maximum: number) {}

  /** @throws DatasetError where it is one too many; it names this row. */
  add(file: string, line: number, problem: Problem): void {
    this.count += 1;
    if (this.count > this.maximum) {
      const suffix = this.maximum === 0 ? '' : `; more than ${this.maximum} bad rows`;
      throw rowError(file, line, { ...problem, reason: problem.reason + suffix });
    }
    if (this.first.length < named) this.first.push({ file, line, ...problem });
  }
}

/** What is wrong with a cell, in the package's words. */
export function cellProblem(cells: Cells, place: number, expected: string): Problem {
  const text = cells.text(place);
  const got = text === '' ? 'nothing' : JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
  const reason = `expected ${expected} in column ${listNames([cells.names[place]!])}, got ${got}`;
  const isOfCommas = cells.decimal === 'point' && expected.includes('number') && /^-?\d*,\d+$/.test(text);
  return isOfCommas ? { reason, advice: [{ option: 'decimal', value: 'comma' }] } : { reason };
}
