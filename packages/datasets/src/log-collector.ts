import type { BadRows } from './bad-rows.js';
import type { Problem } from './advice.js';
import { cellProblem } from './bad-rows.js';
import { ByteIds } from './byte-ids.js';
import type { Cells } from './cells.js';
import type { Feedback } from './feedback.js';
import { parseDate } from './dates.js';
import { RatingBlocks } from './rating-blocks.js';

/** Places of the columns; that of times is behind them. */
const user = 0;
const item = 1;
const feedback = 2;

/** Gathers rows into blocks of columns; a row that is none goes to the bad rows. */
export class LogCollector {
  readonly users: ByteIds = new ByteIds();
  readonly items: ByteIds = new ByteIds();
  readonly blocks: RatingBlocks = new RatingBlocks();
  weightless = 0;
  /** Rows whose rating of 0 is none. */
  implicit = 0;
  smallest: number = Infinity;
  largest: number = -Infinity;
  /** Dates among numbers would be milliseconds among an unknown unit: a log has one kind. */
  private timeKind: 'number' | 'date' | undefined;
  private readonly time: number;

  constructor(
    private readonly feedback: Feedback,
    private readonly has: { readonly time: boolean; readonly implicitZeros: boolean },
    private readonly badRows: BadRows,
  ) {
    this.time = feedback.column === undefined ? 2 : 3;
  }

  add(file: string, cells: Cells): void {
    const value = cells.problem === undefined ? this.feedback.valueOf(cells, feedback) : NaN;
    const at = this.has.time ? this.timeOf(cells) : this.blocks.length;
    if (value !== value || at !== at || !cells.isId(user) || !cells.isId(item)) {
      this.badRows.add(file, cells.line, this.problemOf(cells, value));
    } else if (value === 0 && this.feedback.dropsZero) {
      this.weightless += 1;
    } else {
      if (value === 0 && this.has.implicitZeros) this.implicit += 1;
      else {
        if (value < this.smallest) this.smallest = value;
        if (value > this.largest) this.largest = value;
      }
      this.blocks.push(cells.addTo(this.users, user), cells.addTo(this.items, item), value, at);
    }
  }

  private timeOf(cells: Cells): number {
    if (cells.problem !== undefined) return NaN;
    const value = cells.number(this.time);
    const isDate = value !== value || cells.isTime(this.time);
    const ms = value === value ? value : (parseDate(cells.text(this.time)) ?? NaN);
    if (ms === ms) this.timeKind ??= isDate ? 'date' : 'number';
    return this.timeKind === (isDate ? 'date' : 'number') ? ms : NaN;
  }

  private problemOf(cells: Cells, value: number): Problem {
    if (cells.problem !== undefined) return cells.problem;
    if (!cells.isId(user)) return cellProblem(cells, user, cells.idKind);
    if (!cells.isId(item)) return cellProblem(cells, item, cells.idKind);
    if (Number.isNaN(value)) return cellProblem(cells, feedback, this.feedback.expected);
    const expected = {
      number: 'a number',
      date: 'an ISO 8601 or RFC 2822 date',
      any: 'a number or an ISO 8601 or RFC 2822 date',
    };
    return cellProblem(cells, this.time, expected[this.timeKind ?? 'any']);
  }
}
