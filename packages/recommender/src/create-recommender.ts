import type { EmbeddingTables } from '@rl-recsys/drr';
import type { BlockFoldIn } from '@rl-recsys/embeddings/fold-in';
import { firstNotFinite, type SavedState } from '@rl-recsys/random';
import { IdMap, type RatingLog } from '@rl-recsys/rating-log';
import type { PastParts } from './past-ranker.js';
import { Recommender } from './recommender.js';
import type { VectorParts } from './vector-ranker.js';

/** What indices mean outside, and what is known of users and items. */
export interface CatalogueOptions {
  /** What users have rated so far. */
  readonly log: RatingLog;
  /** The outside's ids of users and items, in the order of their indices. */
  readonly users: IdMap | readonly string[];
  readonly items: IdMap | readonly string[];
  /** What items are called, by index (default: nothing is known). */
  readonly titles?: ReadonlyMap<number, string>;
}

/** An agent that ranks by vectors, and these. */
export interface VectorAgentOptions {
  /** A trained `ResidualAgent` or `DrrAgent`. The recommender keeps what it has learned so far, and not the agent. */
  readonly agent: { policy(): VectorParts['policy']; savedPolicy(): VectorParts['savedPolicy'] };
  /** The vectors of the log's users and items. */
  readonly tables: EmbeddingTables;
  /** Finds the vectors of new users. */
  readonly foldIn: BlockFoldIn;
}

/** An agent that ranks by whole pasts. */
export interface PastAgentOptions {
  /** A trained `GatedAgent`. The recommender keeps what it has learned so far, and not the agent. */
  readonly agent: { policy(): PastParts['policy'] };
}

/** What a recommender is made from: a trained agent, and what its indices mean outside. */
export type CreateRecommenderOptions = CatalogueOptions & (VectorAgentOptions | PastAgentOptions);

/**
 * A recommender of a trained agent. `gatedFromLog`, `residualFromLog` and `drrFromLog` of `@rl-recsys/drr` give the agent and what
 * belongs to it; spread what they gave.
 *
 * @throws RangeError where there are not as many ids, vectors and users or items of the log, or the fold-in gives vectors of
 * another length, or a number of the agent's policy is not finite; it is named.
 */
export function createRecommender(options: CreateRecommenderOptions): Recommender {
  if (!('tables' in options)) {
    const { agent } = options;
    return recommenderOf({ policy: agent.policy() }, options);
  }
  const { agent, tables, foldIn } = options;
  return recommenderOf({ policy: agent.policy(), savedPolicy: agent.savedPolicy(), tables, foldIn }, options);
}

/** A recommender of a policy, whatever users it was made for. */
export function recommenderOf(
  parts: VectorParts | PastParts,
  { log, titles = new Map(), ...ids }: CatalogueOptions,
): Recommender {
  const [users, items] = [idMap(ids.users), idMap(ids.items)];
  assertCounts('users', log.userCount, { ids: users.size });
  assertCounts('items', log.itemCount, { ids: items.size });
  const catalogue = { log, users, items, titles };
  assertFinite('tables' in parts ? parts.savedPolicy : parts.policy.saved);
  if (!('tables' in parts)) {
    assertCounts('items', log.itemCount, { scores: parts.policy.itemCount });
    return new Recommender({ policy: parts.policy, ...catalogue });
  }
  const { policy, savedPolicy, tables, foldIn } = parts;
  assertCounts('users', log.userCount, { vectors: tables.users.rows });
  assertCounts('items', log.itemCount, { vectors: tables.items.rows });
  if (foldIn.size !== tables.users.size) {
    throw new RangeError(
      `foldIn: expected vectors of ${tables.users.size} numbers like the users', got ${foldIn.size}`,
    );
  }
  return new Recommender({
    policy: policy.forUsers(tables.users),
    ...{ savedPolicy, tables, foldIn, ...catalogue },
  });
}

/** A policy with a number that is none would rank nothing, or anything. */
function assertFinite(policy: VectorParts['savedPolicy'] | PastParts['policy']['saved']): void {
  const found = firstNotFinite(policy as unknown as SavedState, 'policy');
  if (found) throw new RangeError(`${found.path}: expected a finite number, got ${found.value}`);
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
