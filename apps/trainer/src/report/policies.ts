import type { TableRow } from '../metrics.js';

/** What a row of the table is, by its name: the recommender, the upper bound, or a baseline. */
export type PolicyKind = 'drr' | 'oracle' | 'baseline';

/** A row of the table with how the report shows it. */
export interface Policy {
  readonly row: TableRow;
  readonly kind: PolicyKind;
  /** A CSS colour; the style sheet gives the variables their values. */
  readonly colour: string;
}

/** How many colours the style sheet has for baselines; after them they start again. */
const baselineColours = 6;

/** The rows of `table` in their order, each with its kind and its colour. */
export function policiesOf(table: readonly TableRow[]): Policy[] {
  let baselines = 0;
  return table.map((row) => {
    const kind = kindOf(row.policy);
    const colour = kind === 'baseline' ? `baseline-${(baselines++ % baselineColours) + 1}` : kind;
    return { row, kind, colour: `var(--${colour})` };
  });
}

function kindOf(policy: string): PolicyKind {
  if (/^drr\b/i.test(policy)) return 'drr';
  return /^oracle\b/i.test(policy) ? 'oracle' : 'baseline';
}
