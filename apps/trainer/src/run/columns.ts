import type { Table, TableRow } from './table.js';

/** What policies are compared by: whole catalogues, or what users rated later. */
export type Ranked = 'fullRanking' | 'reranking';

/** A measure of the table with what it is called. */
export interface Column {
  readonly heading: string;
  /** Null where there is none. */
  readonly valueOf: (row: TableRow) => number | null;
}

/** The measures of a part of the table, those apart that are the same for all policies and so compare nothing. */
export function columnsOf(
  table: Table,
  part: Ranked,
): { readonly compared: Column[]; readonly same: Column[] } {
  const columns = part === 'fullRanking' ? fullRankingColumns(table) : rerankingColumns(table);
  const isSame = ({ valueOf }: Column) => isSameForAll(table.rows, valueOf);
  return { compared: columns.filter((each) => !isSame(each)), same: columns.filter(isSame) };
}

/** Whether a measure is the same for several policies, chance and the limit among them, but for rounding. */
export function isSameForAll(rows: readonly TableRow[], valueOf: (row: TableRow) => number | null): boolean {
  const [first, ...others] = rows.map(valueOf);
  const isFirst = (value: number | null) =>
    value === first || (value !== null && first != null && Math.abs(value - first) < 1e-9);
  return others.length > 0 && others.every(isFirst);
}

/** How well policies rank the whole catalogue. */
function fullRankingColumns({ fullRanking: { cutoff } }: Table): Column[] {
  return [
    column(`P@${cutoff}`, ({ fullRanking }) => fullRanking.precision),
    column(`NDCG@${cutoff}`, ({ fullRanking }) => fullRanking.ndcg),
    column(`recall@${cutoff}`, ({ fullRanking }) => fullRanking.recall),
    column(`hit rate@${cutoff}`, ({ fullRanking }) => fullRanking.hitRate),
  ];
}

/** How well they order what users rated later. */
function rerankingColumns({ reranking: { cutoff } }: Table): Column[] {
  return [
    column(`P@${cutoff}`, ({ reranking }) => reranking.precision),
    column(`NDCG@${cutoff}`, ({ reranking }) => reranking.ndcg),
  ];
}

function column(heading: string, valueOf: (row: TableRow) => number | null): Column {
  return { heading, valueOf: (row) => finiteOrNull(valueOf(row)) };
}

/** A run that diverged has NaN where others have numbers: no value either. */
export function finiteOrNull(value: number | null | undefined): number | null {
  return value != null && Number.isFinite(value) ? value : null;
}
