import { asCode, problemText, type Problem, type SpellAdvice } from './advice.js';

/** A row that could not be read. */
export interface BadRow extends Problem {
  readonly file: string;
  /** Where it begins, from 1: a line, or a row of a Parquet file. */
  readonly line: number;
}

/** What became of the rows that name items. */
export interface ItemRows {
  /** How many there are, bad ones included. */
  readonly rows: number;
  /** Items of the log that have a row. */
  readonly named: number;
  /** Rows of items that the log has not. */
  readonly unknown: number;
  /** Rows of items that have had one before. */
  readonly repeated: number;
}

/** What became of the rows of a log. */
export interface LogReport {
  /** The files in the order in which they were read, with how many rows each has, bad ones included. */
  readonly files: readonly { readonly file: string; readonly rows: number }[];
  readonly badRows: {
    readonly count: number;
    /** The first 20. */
    readonly first: readonly BadRow[];
  };
  /** Whether there was no column of ratings, so that each row was a like. */
  readonly pairs: boolean;
  /** Rows with a rating of 0 that was none, but a like. */
  readonly implicit: number;
  /** Rows of events whose weight is 0. */
  readonly weightless: number;
  /** Rows that another row of the same user and item stands for. */
  readonly duplicates: number;
  /** What `minimumPerUser` and `minimumPerItem` took away. */
  readonly tooFew: { readonly users: number; readonly items: number; readonly ratings: number };
  /** What is left. */
  readonly users: number;
  readonly items: number;
  readonly ratings: number;
  /** What became of the rows of a file of items, where there is one. */
  readonly itemRows?: ItemRows;
}

/**
 * A report as lines to print.
 *
 * @param spell - how options are spelled that would help with bad rows (default: as in code).
 */
export function formatReport(report: LogReport, spell: SpellAdvice = asCode): string[] {
  const { badRows, pairs, implicit, weightless, duplicates, tooFew } = report;
  const lines = report.files.map(({ file, rows }) => `${file}: ${count(rows, 'row')}`);
  if (badRows.count > 0) {
    lines.push(`${count(badRows.count, 'bad row')} skipped`);
    lines.push(...badRows.first.map((row) => `  ${row.file}, line ${row.line}: ${problemText(row, spell)}`));
    const more = badRows.count - badRows.first.length;
    if (more > 0) lines.push(`  and ${more.toLocaleString('en')} more`);
  }
  if (pairs) lines.push('no column of ratings: each row is a like');
  if (implicit > 0) lines.push(`${count(implicit, 'rating')} of 0 taken for a like without a rating`);
  if (weightless > 0) lines.push(`${count(weightless, 'row')} of weight 0 dropped`);
  if (duplicates > 0) lines.push(`${count(duplicates, 'duplicate')} of the same user and item resolved`);
  if (tooFew.ratings + tooFew.users + tooFew.items > 0) {
    const [users, items] = [count(tooFew.users, 'user'), count(tooFew.items, 'item')];
    lines.push(
      `${users} and ${items} with too few ratings dropped, and ${count(tooFew.ratings, 'rating')} with them`,
    );
  }
  const kept = [count(report.ratings, 'rating'), count(report.users, 'user'), count(report.items, 'item')];
  lines.push(`${kept[0]} of ${kept[1]} and ${kept[2]}`);
  if (report.itemRows) lines.push(...itemLines(report.itemRows, count(report.items, 'item')));
  return lines;
}

function itemLines({ rows, named, unknown, repeated }: ItemRows, items: string): string[] {
  const lines = [`${count(named, 'of', 'of')} ${items} named by ${count(rows, 'row')} of items`];
  if (unknown > 0)
    lines.push(`${count(unknown, 'row')} of items passed over: nobody has rated what they name`);
  if (repeated > 0)
    lines.push(`${count(repeated, 'row')} of items with an id that came before: the last counts`);
  return lines;
}

function count(value: number, one: string, many = `${one}s`): string {
  return `${value.toLocaleString('en')} ${value === 1 ? one : many}`;
}
