import type { Fingerprint } from '@rl-recsys/rating-log';
import type { EmbeddingBlock } from './embedding-block.js';
import { createEmbeddingTable, type EmbeddingTable } from '../embedding-table.js';

/** Where a block is in the joined vectors: dimensions `start` to `start + size - 1`. */
export interface BlockPlace {
  readonly name: string;
  readonly start: number;
  readonly size: number;
}

/** Blocks side by side: inner products of joined vectors are the sums of the blocks' inner products. */
export interface JoinedBlocks {
  /** `[users, sum of the sizes]` */
  readonly users: EmbeddingTable;
  /** `[items, sum of the sizes]` */
  readonly items: EmbeddingTable;
  /** In the order of the dimensions. */
  readonly blocks: readonly BlockPlace[];
  /** What any of the blocks has seen, each log once. */
  readonly fittedOn: readonly Fingerprint[];
}

/**
 * Joins blocks, in their order. The tables are new.
 *
 * To join two blocks of one kind name one of them anew: `{ ...biasBlock(model), name: 'likes bias' }`.
 *
 * @throws RangeError where there is no block, two have the same name, they count other users or items than
 * the first, or a block's user and item vectors differ in size.
 */
export function joinBlocks(blocks: readonly EmbeddingBlock[]): JoinedBlocks {
  assertBlocks(blocks);
  let end = 0;
  const places = blocks.map(({ name, users: { size } }) => {
    const start = end;
    end += size;
    return { name, start, size };
  });
  return {
    users: sideBySide(blocks.map(({ users }) => users)),
    items: sideBySide(blocks.map(({ items }) => items)),
    blocks: places,
    fittedOn: [...new Set(blocks.flatMap(({ fittedOn }) => fittedOn))],
  };
}

function sideBySide(tables: readonly EmbeddingTable[]): EmbeddingTable {
  const { rows } = tables[0]!;
  const width = tables.reduce((sum, { size }) => sum + size, 0);
  const joined = new Float32Array(rows * width);
  let start = 0;
  for (const { size, vectors } of tables) {
    for (let row = 0; row < rows; row++) {
      joined.set(vectors.subarray(row * size, (row + 1) * size), row * width + start);
    }
    start += size;
  }
  return createEmbeddingTable(joined, width);
}

function assertBlocks(blocks: readonly EmbeddingBlock[]): void {
  const [first] = blocks;
  if (first === undefined) throw new RangeError('blocks: expected at least one, got none');
  const names = new Set<string>();
  for (const { name, users, items } of blocks) {
    if (names.has(name)) throw new RangeError(`blocks: expected names that differ, got "${name}" twice`);
    names.add(name);
    if (users.rows !== first.users.rows || items.rows !== first.items.rows) {
      throw new RangeError(
        `blocks: expected ${first.users.rows} users and ${first.items.rows} items like "${first.name}", ` +
          `got ${users.rows} and ${items.rows} in "${name}"`,
      );
    }
    if (users.size !== items.size) {
      throw new RangeError(
        `blocks: expected user and item vectors of one size, got ${users.size} and ${items.size} in "${name}"`,
      );
    }
  }
}
