import { columnsOf, type Column, type Ranked } from './columns.js';
import type { Table } from './table.js';

/**
 * What a part of the table leaves out because it is the same for all policies, and why; undefined where it leaves out
 * nothing.
 */
export function nothingCompared(table: Table, part: Ranked): string | undefined {
  const { compared, same } = columnsOf(table, part);
  if (same.length === 0) return undefined;
  const valueOf = (column: Column) => column.valueOf(table.rows[0]!);
  const values = same.map((column) => `${column.heading} ${valueOf(column)?.toFixed(4) ?? '–'}`).join(', ');
  if (compared.length > 0) return `The same for every policy, and so not shown: ${values}.`;
  const why = part === 'reranking' ? whyNoOrder(table, same.map(valueOf)) : undefined;
  return `Nothing to compare: ${why ?? whyNone(same.map(valueOf)) ?? `every policy gets ${values}.`}`;
}

function whyNone(values: readonly (number | null)[]): string | undefined {
  return values.every((value) => value === null || value === 0) ? 'nobody liked anything later.' : undefined;
}

/** Why each order of what users rated later is as good as another. */
function whyNoOrder(
  { reranking: { cutoff } }: Table,
  values: readonly (number | null)[],
): string | undefined {
  const catalogue = 'The table of the whole catalogue does compare.';
  if (values.every((value) => value === 1))
    return `users liked all that they rated later, as where there are clicks alone, so that every order of it is the best. ${catalogue}`;
  if (cutoff === 1 && whyNone(values) === undefined)
    return `most users rated one item later, which can be put in one order only. ${catalogue}`;
  return undefined;
}
