import type { Table, TableRow } from './table.js';

/** A measure of the table with what it is called. */
export interface Column {
  readonly heading: string;
  /** Null where there is none. */
  readonly valueOf: (row: TableRow) => number | null;
}

/** How well policies rank the whole catalogue. */
export function fullRankingColumns({ fullRanking: { cutoff } }: Table): Column[] {
  return [
    column(`P@${cutoff}`, ({ fullRanking }) => fullRanking.precision),
    column(`NDCG@${cutoff}`, ({ fullRanking }) => fullRanking.ndcg),
    column(`recall@${cutoff}`, ({ fullRanking }) => fullRanking.recall),
    column(`hit rate@${cutoff}`, ({ fullRanking }) => fullRanking.hitRate),
  ];
}

/** How well they order what users rated later. */
export function rerankingColumns({ reranking: { cutoff } }: Table): Column[] {
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
