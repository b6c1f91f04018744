import { NO_ITEM } from '@rl-recsys/environment/histories';
import type { EmbeddingTable } from '@rl-recsys/embeddings/search';
import type { OptionNames } from '@rl-recsys/random';
import type { Fingerprint } from '@rl-recsys/rating-log';

/** The vectors of all users and of all items, of one length k. */
export interface EmbeddingTables {
  /** `[users, k]` */
  readonly users: EmbeddingTable;
  /** `[items, k]` */
  readonly items: EmbeddingTable;
  /**
   * What the vectors were fitted on, so that evaluation can refuse to test a policy there (default: unknown, as
   * of vectors that come from elsewhere).
   */
  readonly fittedOn?: readonly Fingerprint[];
}

/** The names of {@link EmbeddingTables}. */
export const TABLE_NAMES: OptionNames<EmbeddingTables> = { users: true, items: true, fittedOn: true };

/** @throws RangeError where the vectors of users and of items differ in length. */
export function assertSameSize({ users, items }: EmbeddingTables): void {
  if (users.size !== items.size) {
    throw new RangeError(`users: expected vectors of ${items.size} numbers like items, got ${users.size}`);
  }
}

/** Users and their histories, in indices. */
export interface Histories {
  /** int `[batch]` */
  readonly user: ArrayLike<number>;
  /** int32 `[batch, n]`, oldest first, −1 at padding. */
  readonly history: Int32Array;
}

/** How many rows there are. */
interface TableSizes {
  readonly users: { readonly rows: number };
  readonly items: { readonly rows: number };
}

/** @throws RangeError where an index is in no table, or a history does not have n places. */
export function assertHistories(tables: TableSizes, { user, history }: Histories, n: number): void {
  // A history of one item would pass otherwise: it broadcasts over all n places.
  if (history.length !== user.length * n) {
    throw new RangeError(
      `history: expected ${n} indices for each user, got ${history.length} for ${user.length}`,
    );
  }
  assertRows(tables.users, 'user', user);
  assertItems(tables.items, 'history', history);
}

/**
 * Looks at what a transition says of a user, before and after.
 *
 * @throws RangeError where an index is in no table; its field is named.
 */
export function assertUserAndHistories(
  tables: TableSizes,
  transition: {
    readonly user: number;
    readonly history: ArrayLike<number>;
    readonly nextHistory: ArrayLike<number>;
  },
): void {
  assertRows(tables.users, 'user', [transition.user]);
  assertItems(tables.items, 'history', transition.history);
  assertItems(tables.items, 'nextHistory', transition.nextHistory);
}

/** @throws RangeError where one of `items`, padding apart, is not in the table. */
export function assertItems(table: { readonly rows: number }, name: string, items: ArrayLike<number>): void {
  for (let place = 0; place < items.length; place++)
    if (items[place] !== NO_ITEM) assertRow(table, items[place]!, name);
}

/** @throws RangeError where one of `rows` is not in the table. */
export function assertRows(table: { readonly rows: number }, name: string, rows: ArrayLike<number>): void {
  for (let place = 0; place < rows.length; place++) assertRow(table, rows[place]!, name);
}

function assertRow({ rows }: { readonly rows: number }, row: number, name: string): void {
  if (!(Number.isInteger(row) && row >= 0 && row < rows)) {
    throw new RangeError(`${name}: expected an index from 0 to ${rows - 1}, got ${row}`);
  }
}

/** Writes the vectors of checked users next to each other. */
export function copyUsers(users: EmbeddingTable, user: ArrayLike<number>, vectors: Float32Array): void {
  for (let row = 0; row < user.length; row++) copyRow(users, user[row]!, vectors, row);
}

/** Writes the vectors and the mask of checked histories; nothing is written at padding but the mask's 0. */
export function copyVectors(
  items: EmbeddingTable,
  history: Int32Array,
  itemVectors: Float32Array,
  mask: Float32Array,
): void {
  for (let place = 0; place < history.length; place++) {
    const isItem = history[place] !== NO_ITEM;
    mask[place] = isItem ? 1 : 0;
    if (isItem) copyRow(items, history[place]!, itemVectors, place);
  }
}

function copyRow({ size, vectors }: EmbeddingTable, row: number, target: Float32Array, place: number): void {
  const [from, to] = [row * size, place * size];
  // Short rows are copied faster by a loop, which allocates no view.
  if (size >= 48) target.set(vectors.subarray(from, from + size), to);
  else for (let k = 0; k < size; k++) target[to + k] = vectors[from + k]!;
}
