import type { TableRow } from '../run/table.js';

/** A row of the table with how the report shows it. */
export interface Policy {
  readonly row: TableRow;
  /** A CSS color; the style sheet gives the variables their values. */
  readonly color: string;
}

/** How many colors the style sheet has for all others; after them they start again. */
const baselineColors = 6;

/** The rows of `table` in their order, each with its color. */
export function policiesOf(table: readonly TableRow[]): Policy[] {
  let baselines = 0;
  return table.map((row) => {
    const own = row.role === 'trained' || row.role === 'oracle';
    const color = own ? row.role : `baseline-${(baselines++ % baselineColors) + 1}`;
    return { row, color: `var(--${color})` };
  });
}
