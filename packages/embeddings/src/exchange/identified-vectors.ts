import type { EmbeddingTable } from '../embedding-table.js';

/** Vectors that say whose they are: as they go out to other systems, and come in from them. */
export interface IdentifiedVectors {
  /** The outside world's id of each row. */
  readonly ids: readonly string[];
  readonly table: EmbeddingTable;
}

/** @throws RangeError where there is not one id for each row. */
export function assertIdentified({ ids, table }: IdentifiedVectors): void {
  if (ids.length !== table.rows) {
    throw new RangeError(`ids: expected one for each of ${table.rows} rows, got ${ids.length}`);
  }
}
