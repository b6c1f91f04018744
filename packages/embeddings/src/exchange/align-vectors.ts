import type { IdMap } from '@rl-recsys/rating-log';
import type { EmbeddingTable } from '../embedding-table.js';
import { assertIdentified, type IdentifiedVectors } from './identified-vectors.js';

const SHOWN = 5;

/**
 * Puts imported vectors into the order of our indices: row i is the vector of the id that `idMap` has at i.
 *
 * @param options - `missing`: what an id of the map without a vector is, an error (default) or a vector of zeros.
 * `unknown`: what a vector is whose id the map lacks, an error (default) or left out.
 * @returns a new table, float32 `[idMap.size, size]`.
 * @throws RangeError where there is not one id for each row, an id occurs twice, or ids are missing or unknown; it
 * counts and names them.
 */
export function alignVectors(
  vectors: IdentifiedVectors,
  idMap: IdMap,
  options: { missing?: 'error' | 'zero'; unknown?: 'error' | 'ignore' } = {},
): EmbeddingTable {
  const { missing = 'error', unknown = 'error' } = options;
  assertIdentified(vectors);
  const { ids, table } = vectors;
  const { size } = table;
  const rows = rowsOf(ids);
  if (unknown === 'error') {
    refuse(
      ids.filter((id) => idMap.indexOf(id) === undefined),
      'vectors: expected ids of the map alone',
    );
  }
  if (missing === 'error') {
    refuse(
      idMap.ids.filter((id) => !rows.has(id)),
      'vectors: expected one for each id of the map',
    );
  }
  const aligned = new Float32Array(idMap.size * size);
  for (const [index, id] of idMap.ids.entries()) {
    const row = rows.get(id);
    if (row !== undefined) aligned.set(table.vectors.subarray(row * size, (row + 1) * size), index * size);
  }
  return { rows: idMap.size, size, vectors: aligned };
}

function rowsOf(ids: readonly string[]): Map<string, number> {
  const rows = new Map<string, number>();
  for (const [row, id] of ids.entries()) {
    const before = rows.get(id);
    if (before !== undefined) {
      throw new RangeError(
        `ids: expected each id once, got ${JSON.stringify(id)} in rows ${before} and ${row}`,
      );
    }
    rows.set(id, row);
  }
  return rows;
}

function refuse(ids: readonly string[], expected: string): void {
  if (ids.length === 0) return;
  const some = ids.slice(0, SHOWN).map((id) => JSON.stringify(id));
  const more = ids.length > SHOWN ? ', …' : '';
  const verb = expected.endsWith('alone') ? 'are not in it' : 'have none';
  throw new RangeError(`${expected}, but ${ids.length} ${verb}: ${some.join(', ')}${more}`);
}
