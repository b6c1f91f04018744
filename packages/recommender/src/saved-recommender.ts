import type { SavedGatedPolicy } from '@rl-recsys/drr';
import { BlockFoldIn } from '@rl-recsys/embeddings/fold-in';
import { createEmbeddingTable } from '@rl-recsys/embeddings/search';
import type { SavedState } from '@rl-recsys/random';
import type { Fingerprint, RatingLog } from '@rl-recsys/rating-log';
import type { CatalogueOptions } from './create-recommender.js';
import type { Recommender } from './recommender.js';
import { packScorers, unpackScorers, type PackedScorers } from './saved-scorers.js';
import type { VectorParts } from './vector-ranker.js';

/** What the record says that it is. */
const FORMAT = '@rl-recsys/recommender';
const VERSION = 2;

/** A policy that ranks by vectors, and these, as plain values. */
interface SavedVectors {
  readonly policy: VectorParts['savedPolicy'];
  readonly size: number;
  readonly userVectors: Float32Array;
  readonly itemVectors: Float32Array;
  readonly fittedOn: readonly Fingerprint[];
  readonly foldIn: SavedState;
}

/** A policy that ranks by whole pasts, as plain values. */
interface SavedPasts {
  readonly policy: Omit<SavedGatedPolicy, 'scorers'>;
  readonly packed: PackedScorers;
}

/** A recommender as plain values. */
interface SavedRecommender {
  readonly format: string;
  readonly version: number;
  readonly ranks: SavedVectors | SavedPasts;
  readonly log: RatingLog;
  readonly users: readonly string[];
  readonly items: readonly string[];
  readonly titleItems: Int32Array;
  readonly titles: readonly string[];
}

/** All that a recommender is, as values that can be saved. */
export function recommenderState({ parts }: Recommender): SavedState {
  const { log, users, items, titles } = parts;
  const { userCount, itemCount, scale, offsets, items: rated, ratings, timestamps } = log;
  const saved: SavedRecommender = {
    ...{ format: FORMAT, version: VERSION },
    ranks: 'tables' in parts ? savedVectors(parts) : savedPasts(parts.policy.saved),
    log: {
      ...{ userCount, itemCount, scale: { min: scale.min, max: scale.max } },
      ...{ offsets, items: rated, ratings, timestamps },
    },
    ...{ users: users.ids, items: items.ids },
    ...{ titleItems: Int32Array.from(titles.keys()), titles: [...titles.values()] },
  };
  return saved as unknown as SavedState;
}

function savedVectors({ savedPolicy, tables, foldIn }: VectorParts): SavedVectors {
  return {
    policy: savedPolicy,
    ...{ size: tables.items.size, userVectors: tables.users.vectors, itemVectors: tables.items.vectors },
    fittedOn: tables.fittedOn ?? [],
    foldIn: foldIn.state(),
  };
}

function savedPasts({ scorers, ...policy }: SavedGatedPolicy): SavedPasts {
  return { policy, packed: packScorers(scorers) };
}

/** What a policy is made from again: as it was saved, and where it ranks by vectors these. */
export type RestoredPolicy =
  | ({ readonly saved: VectorParts['savedPolicy'] } & Pick<VectorParts, 'tables' | 'foldIn'>)
  | { readonly saved: SavedGatedPolicy };

/** What a recommender is made from again. */
export interface RestoredParts {
  readonly ranks: RestoredPolicy;
  readonly catalogue: CatalogueOptions;
}

/** @throws Error where the values are of something else or of another version. */
export function partsOf(state: SavedState): RestoredParts {
  const saved = (state ?? {}) as unknown as Partial<SavedRecommender>;
  if (saved.format !== FORMAT) {
    throw new Error(`expected a recommender, got ${saved.format ?? 'something else'}`);
  }
  if (saved.version !== VERSION) {
    throw new Error(`expected version ${VERSION} of a recommender, got ${String(saved.version)}`);
  }
  const { ranks, log, users, items, titleItems, titles } = saved as SavedRecommender;
  return {
    ranks: 'packed' in ranks ? restoredPasts(ranks) : restoredVectors(ranks),
    catalogue: {
      ...{ log, users, items },
      titles: new Map(titles.map((title, place) => [titleItems[place]!, title])),
    },
  };
}

function restoredVectors({
  policy,
  size,
  userVectors,
  itemVectors,
  fittedOn,
  foldIn,
}: SavedVectors): RestoredPolicy {
  return {
    saved: policy,
    tables: {
      users: createEmbeddingTable(userVectors, size),
      items: createEmbeddingTable(itemVectors, size),
      fittedOn,
    },
    foldIn: BlockFoldIn.fromState(foldIn),
  };
}

function restoredPasts({ policy, packed }: SavedPasts): RestoredPolicy {
  return { saved: { ...policy, scorers: unpackScorers(packed) } };
}
