import { BlockFoldIn } from '@rl-recsys/embeddings/fold-in';
import { createEmbeddingTable } from '@rl-recsys/embeddings/search';
import type { EmbeddingTables } from '@rl-recsys/drr';
import type { SavedState } from '@rl-recsys/random';
import type { Fingerprint, RatingLog } from '@rl-recsys/rating-log';
import type { Recommender, SavedPolicy } from './recommender.js';

/** What the record says that it is. */
const FORMAT = '@rl-recsys/recommender';
const VERSION = 1;

/** A recommender as plain values. */
interface SavedRecommender {
  readonly format: string;
  readonly version: number;
  readonly policy: SavedPolicy;
  readonly size: number;
  readonly userVectors: Float32Array;
  readonly itemVectors: Float32Array;
  readonly fittedOn: readonly Fingerprint[];
  readonly foldIn: SavedState;
  readonly log: RatingLog;
  readonly users: readonly string[];
  readonly items: readonly string[];
  readonly titleItems: Int32Array;
  readonly titles: readonly string[];
}

/** All that a recommender is, as values that can be saved. */
export function recommenderState({ parts }: Recommender): SavedState {
  const { savedPolicy, tables, foldIn, log, users, items, titles } = parts;
  const { userCount, itemCount, scale, offsets, items: rated, ratings, timestamps } = log;
  const saved: SavedRecommender = {
    ...{ format: FORMAT, version: VERSION, policy: savedPolicy },
    ...{ size: tables.items.size, userVectors: tables.users.vectors, itemVectors: tables.items.vectors },
    fittedOn: tables.fittedOn ?? [],
    foldIn: foldIn.state(),
    log: {
      ...{ userCount, itemCount, scale: { min: scale.min, max: scale.max } },
      ...{ offsets, items: rated, ratings, timestamps },
    },
    ...{ users: users.ids, items: items.ids },
    ...{ titleItems: Int32Array.from(titles.keys()), titles: [...titles.values()] },
  };
  return saved as unknown as SavedState;
}

/** What a recommender is made from again. */
export interface RestoredParts {
  readonly policy: SavedPolicy;
  readonly tables: EmbeddingTables;
  readonly foldIn: BlockFoldIn;
  readonly log: RatingLog;
  readonly users: readonly string[];
  readonly items: readonly string[];
  readonly titles: ReadonlyMap<number, string>;
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
  const { policy, size, userVectors, itemVectors, fittedOn, foldIn, ...rest } = saved as SavedRecommender;
  const { log, users, items, titleItems, titles } = rest;
  return {
    ...{ policy, log, users, items },
    tables: {
      users: createEmbeddingTable(userVectors, size),
      items: createEmbeddingTable(itemVectors, size),
      fittedOn,
    },
    foldIn: BlockFoldIn.fromState(foldIn),
    titles: new Map(titles.map((title, place) => [titleItems[place]!, title])),
  };
}
