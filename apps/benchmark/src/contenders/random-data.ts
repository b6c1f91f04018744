import { createEmbeddingTable, type EmbeddingTable } from '@rl-recsys/embeddings';
import { NO_ITEM } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import type { DrrBatch } from '@rl-recsys/drr';
import { SEED, SIZES } from '../sizes.js';

/** Vectors of normal numbers, as long as fitted ones are. */
export function randomTable(rows: number, label: string, size: number = SIZES.embeddingSize): EmbeddingTable {
  const random = Random.fromSeed(SEED).fork(label);
  return createEmbeddingTable(
    Float32Array.from({ length: rows * size }, () => 0.1 * random.normal()),
    size,
  );
}

/** Writes a history: full in three of four cases, else padded in front. */
export function fillHistory(history: Int32Array, random: Random, items: number = SIZES.items): void {
  const padding = random.integer(4) === 0 ? 1 + random.integer(history.length) : 0;
  for (let place = 0; place < history.length; place++) {
    history[place] = place < padding ? NO_ITEM : random.integer(items);
  }
}

/** Fills a batch as replay would, with transitions that were never seen before. */
export function refill({ columns, weights }: DrrBatch, random: Random): void {
  const n = SIZES.historySize;
  for (let row = 0; row < weights.length; row++) {
    columns.user[row] = random.integer(SIZES.users);
    columns.reward[row] = 2 * random.uniform() - 1;
    columns.discount[row] = random.integer(50) === 0 ? 0 : 0.9;
    weights[row] = 0.2 + 0.8 * random.uniform();
    fillHistory(columns.history.subarray(row * n, (row + 1) * n), random);
    fillHistory(columns.nextHistory.subarray(row * n, (row + 1) * n), random);
  }
  for (let place = 0; place < columns.action.length; place++) {
    columns.action[place] = 2 * random.uniform() - 1;
  }
}

/** Sorted indices of `count` different items. */
export function differentItems(count: number, random: Random): Int32Array {
  const items = random.shuffle(Int32Array.from({ length: SIZES.items }, (_, item) => item));
  return items.slice(0, count).sort();
}
