import type { TableRow } from '../run/table.js';

/** A measure of ranking, found in {@link TableRow} under `key`. */
export interface Measure {
  readonly key: 'precision' | 'ndcg';
  readonly name: string;
  /** As it stands before an @, such as P in P@5. */
  readonly short: string;
}

/** The measures that the report shows. */
export const measures: readonly Measure[] = [
  { key: 'precision', name: 'Precision', short: 'P' },
  { key: 'ndcg', name: 'NDCG', short: 'NDCG' },
];

/** The cutoffs K that the report shows. */
export const cutoffs: readonly number[] = [5, 10, 20];

/** The value of `row`; null where there is none. */
export function scoreOf(row: TableRow, measure: Measure, cutoff: number): number | null {
  return finiteOrNull(row[measure.key][cutoff]);
}

/** A run that diverged has NaN where others have numbers: no value either. */
export function finiteOrNull(value: number | null | undefined): number | null {
  return value != null && Number.isFinite(value) ? value : null;
}
