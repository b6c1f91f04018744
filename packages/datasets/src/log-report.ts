/** A row that could not be read. */
export interface BadRow {
  readonly file: string;
  /** Where it begins, from 1: a line, or a row of a Parquet file. */
  readonly line: number;
  readonly reason: string;
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
}

/** A report as lines to print. */
export function formatReport(report: LogReport): string[] {
  const count = (value: number, one: string, many = `${one}s`) =>
    `${value.toLocaleString('en')} ${value === 1 ? one : many}`;
  const { badRows, weightless, duplicates, tooFew } = report;
  const lines = report.files.map(({ file, rows }) => `${file}: ${count(rows, 'row')}`);
  if (badRows.count > 0) {
    lines.push(`${count(badRows.count, 'bad row')} skipped`);
    lines.push(...badRows.first.map(({ file, line, reason }) => `  ${file}, line ${line}: ${reason}`));
    const more = badRows.count - badRows.first.length;
    if (more > 0) lines.push(`  and ${more.toLocaleString('en')} more`);
  }
  if (weightless > 0) lines.push(`${count(weightless, 'row')} of weight 0 dropped`);
  if (duplicates > 0) lines.push(`${count(duplicates, 'duplicate')} of the same user and item resolved`);
  if (tooFew.ratings + tooFew.users + tooFew.items > 0) {
    const [users, items] = [count(tooFew.users, 'user'), count(tooFew.items, 'item')];
    lines.push(
      `${users} and ${items} with too few ratings dropped, and ${count(tooFew.ratings, 'rating')} with them`,
    );
  }
  const kept = [count(report.ratings, 'rating'), count(report.users, 'user'), count(report.items, 'item')];
  return [...lines, `${kept[0]} of ${kept[1]} and ${kept[2]}`];
}
