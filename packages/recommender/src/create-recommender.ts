import type { EmbeddingTables, RankingPolicy } from '@rl-recsys/drr';
import type { BlockFoldIn } from '@rl-recsys/embeddings/fold-in';
import { IdMap, type RatingLog } from '@rl-recsys/rating-log';
import { Recommender, type SavedPolicy } from './recommender.js';

/** What indices mean outside, and what is known of users and items. */
export interface CatalogueOptions {
  /** The vectors of the log's users and items. */
  readonly tables: EmbeddingTables;
  /** Finds the vectors of new users. */
  readonly foldIn: BlockFoldIn;
  /** What users have rated so far, of the same users and items. */
  readonly log: RatingLog;
  /** The outside's ids of users and items, in the order of their indices. */
  readonly users: IdMap | readonly string[];
  readonly items: IdMap | readonly string[];
  /** What items are called, by index (default: nothing is known). */
  readonly titles?: ReadonlyMap<number, string>;
}

/** What a recommender is made from: a trained agent, and what its indices mean outside. */
export interface CreateRecommenderOptions extends CatalogueOptions {
  /** A trained `ResidualAgent` or `DrrAgent`. The recommender keeps what it has learned so far, and not the agent. */
  readonly agent: { policy(): RankingPolicy; savedPolicy(): SavedPolicy };
}

/**
 * A recommender of a trained agent. `residualFromLog` and `drrFromLog` of `@rl-recsys/drr` give the agent, the tables and the
 * fold-in; spread what they gave.
 *
 * @throws RangeError where there are not as many ids, vectors and users or items of the log, or the fold-in gives vectors of
 * another length; it is named.
 */
export function createRecommender({ agent, ...catalogue }: CreateRecommenderOptions): Recommender {
  return recommenderOf(agent.policy(), agent.savedPolicy(), catalogue);
}

/** A recommender of a policy, whatever users it was made for. */
export function recommenderOf(
  policy: RankingPolicy,
  savedPolicy: SavedPolicy,
  { tables, foldIn, log, titles = new Map(), ...ids }: CatalogueOptions,
): Recommender {
  const [users, items] = [idMap(ids.users), idMap(ids.items)];
  assertCounts('users', log.userCount, { ids: users.size, vectors: tables.users.rows });
  assertCounts('items', log.itemCount, { ids: items.size, vectors: tables.items.rows });
  if (foldIn.size !== tables.users.size) {
    throw new RangeError(
      `foldIn: expected vectors of ${tables.users.size} numbers like the users', got ${foldIn.size}`,
    );
  }
  return new Recommender({
    policy: policy.forUsers(tables.users),
    ...{ savedPolicy, tables, foldIn, log, users, items, titles },
  });
}

function idMap(ids: IdMap | readonly string[]): IdMap {
  return ids instanceof IdMap ? ids : new IdMap(ids);
}

function assertCounts(name: string, expected: number, counts: Record<string, number>): void {
  for (const [what, count] of Object.entries(counts)) {
    if (count !== expected) {
      throw new RangeError(`${name}: expected ${expected} ${what} like the log's ${name}, got ${count}`);
    }
  }
}
