import { join } from 'node:path';
import { createEmbeddingTable } from '@rl-recsys/embeddings';
import type { EmbeddingTables } from '@rl-recsys/drr';
import type { Fingerprint } from '@rl-recsys/rating-log';
import { readArrays, writeArrays } from './array-file.js';

/** Vectors, and what they were fitted on. */
export interface FittedTables extends EmbeddingTables {
  readonly fittedOn: readonly [Fingerprint];
}

/** Saves vectors, how long they are, and the interactions that they were fitted on. */
export async function saveEmbeddings(
  folder: string,
  { users, items, fittedOn }: FittedTables,
): Promise<void> {
  const [fingerprint] = fittedOn;
  await writeArrays(join(folder, 'embeddings.msgpack'), {
    users: users.vectors,
    items: items.vectors,
    size: Int32Array.of(items.size),
    seenOffsets: fingerprint.offsets,
    seenItems: fingerprint.items,
  });
}

/** What {@link saveEmbeddings} saved. */
export async function loadEmbeddings(folder: string): Promise<FittedTables> {
  const saved = await readArrays<{
    users: Float32Array;
    items: Float32Array;
    size: Int32Array;
    seenOffsets: Int32Array;
    seenItems: Int32Array;
  }>(join(folder, 'embeddings.msgpack'));
  const users = createEmbeddingTable(saved.users, saved.size[0]!);
  const items = createEmbeddingTable(saved.items, saved.size[0]!);
  const seen = { userCount: users.rows, itemCount: items.rows };
  return { users, items, fittedOn: [{ ...seen, offsets: saved.seenOffsets, items: saved.seenItems }] };
}
