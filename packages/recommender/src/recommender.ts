import type { BlockFoldIn } from '@rl-recsys/embeddings/fold-in';
import { topK } from '@rl-recsys/embeddings/search';
import type { EmbeddingTables, RankingPolicy, SavedDrrPolicy, SavedResidualPolicy } from '@rl-recsys/drr';
import type { IdMap, RatingLog } from '@rl-recsys/rating-log';
import type { Asker } from './asker.js';
import { knownHistory, newHistory, type ItemIndices, type SeenHistory } from './histories.js';
import { itemCounts } from './popularity.js';

/** A trained policy of one of the variants, as plain values. */
export type SavedPolicy = SavedDrrPolicy | SavedResidualPolicy;

/** What is asked for. */
export interface RecommendOptions {
  /** How many items, at most. */
  readonly k: number;
  /** Items that are not to be recommended, beside those in the user's history (default none). */
  readonly exclude?: readonly string[];
  /** The only items that may be recommended (default: the whole catalogue). */
  readonly within?: readonly string[];
}

/** One recommended item, by the caller's id. */
export interface RecommendedItem {
  readonly item: string;
  /** What the policy gave it; of use beside the others of one answer. */
  readonly score: number;
  /** Where the catalogue knows one. */
  readonly title?: string;
}

/** What a {@link Recommender} is made of. */
export interface RecommenderParts {
  readonly policy: RankingPolicy;
  /** That policy as plain values. */
  readonly savedPolicy: SavedPolicy;
  /** The vectors that the policy was trained with; where items' vectors learned, it ranks others. */
  readonly tables: EmbeddingTables;
  /** Finds the vectors of new users. */
  readonly foldIn: BlockFoldIn;
  /** What users have rated so far: they are never recommended it again. */
  readonly log: RatingLog;
  readonly users: IdMap;
  readonly items: IdMap;
  /** By item index. */
  readonly titles: ReadonlyMap<number, string>;
}

/**
 * A trained policy with its catalogue: it answers by the caller's ids, runs wherever JavaScript does, and can be saved.
 *
 * Make one with `createRecommender` or `loadRecommender`.
 */
export class Recommender {
  private readonly popularity: Float32Array;

  /** @internal */
  constructor(readonly parts: RecommenderParts) {
    this.popularity = itemCounts(parts.log);
  }

  /** Whether the log knows this user. */
  knows(user: string): boolean {
    return this.parts.users.indexOf(user) !== undefined;
  }

  /** What an item is called, where the catalogue knows it. */
  titleOf(item: string): string | undefined {
    return this.parts.titles.get(this.index('item', item));
  }

  /**
   * The best items for somebody, best first; of equal ones that which the catalogue names first.
   *
   * A new user's vector is folded in from their history and ranked for by the same policy. Who has no history, or an id
   * that is unknown, gets what is popular.
   *
   * @returns fewer than `k` where there are not as many.
   * @throws RangeError where `k` is not a positive integer, an item's id is unknown, or a rating is outside the scale.
   */
  recommend(asker: Asker, options: RecommendOptions): RecommendedItem[] {
    return this.recommendBatch([asker], options)[0]!;
  }

  /** {@link Recommender.recommend} for several at once, which is less work for each. */
  recommendBatch(askers: readonly Asker[], options: RecommendOptions): RecommendedItem[][] {
    const { items, titles } = this.parts;
    const { k } = options;
    if (!Number.isSafeInteger(k) || k < 1) throw new RangeError(`k: expected a positive integer, got ${k}`);
    const excluded = this.indices('exclude', options.exclude ?? []);
    const within =
      options.within && [...new Set(this.indices('within', options.within))].sort((a, b) => a - b);

    const histories = askers.map((asker) => this.historyOf(asker));
    const answers = this.rank(histories, k, excluded, within);
    return answers.map((answer) =>
      answer.map(({ item, score }) => {
        const title = titles.get(item);
        return { item: items.idOf(item), score, ...(title !== undefined && { title }) };
      }),
    );
  }

  /** What somebody liked last, newest first, as far as the policy looks back. */
  historyItems(asker: Asker): string[] {
    const { history } = this.historyOf(asker);
    return Array.from(history)
      .filter((item) => item >= 0)
      .reverse()
      .map((item) => this.parts.items.idOf(item));
  }

  private rank(
    histories: readonly SeenHistory[],
    k: number,
    excluded: readonly number[],
    within: readonly number[] | undefined,
  ): { item: number; score: number }[][] {
    const allowed = within && Int32Array.from(within);
    const personal = histories.filter(isSomebody);
    const ranked = this.rankByPolicy(personal, k, excluded, allowed);
    return histories.map((history) => {
      if (isSomebody(history)) return ranked.shift()!;
      return bestOf(this.popularity, k, new Set(excluded), allowed);
    });
  }

  /** All at once: the vectors of known users from the table, those of new ones folded in. */
  private rankByPolicy(
    histories: readonly SeenHistory[],
    k: number,
    excluded: readonly number[],
    allowed: Int32Array | undefined,
  ): { item: number; score: number }[][] {
    if (histories.length === 0) return [];
    const { policy, foldIn } = this.parts;
    const { users } = policy.tables;
    const isNew = histories.filter(({ user }) => user === undefined);
    const folded = isNew.length > 0 ? foldIn.fold(joined(isNew)).vectors : new Float32Array(0);
    const vectors = new Float32Array(histories.length * users.size);
    let next = 0;
    for (const [row, { user }] of histories.entries()) {
      const [table, from] = user === undefined ? [folded, next++] : [users.vectors, user];
      vectors.set(table.subarray(from * users.size, (from + 1) * users.size), row * users.size);
    }
    const asking = policy.forUsers({ rows: histories.length, size: users.size, vectors });
    const observations = histories.map(({ history, rewards }, user) => ({ user, history, rewards }));
    const seen = histories.map(({ rated }) => [...rated, ...excluded]);
    if (!allowed) return asking.recommendBatch(observations, { k, seen });
    const scores = histories.map(() => new Float32Array(allowed.length));
    asking.scoreBatch(
      observations,
      histories.map(() => allowed),
      scores,
    );
    return scores.map((each, row) => {
      const barred = new Set(seen[row]);
      const open = each.map((score, place) => (barred.has(allowed[place]!) ? -Infinity : score));
      return topK(open, k).map(({ item: place, score }) => ({ item: allowed[place]!, score }));
    });
  }

  private historyOf(asker: Asker): SeenHistory {
    const { policy, log, users } = this.parts;
    if (typeof asker !== 'string')
      return newHistory(asker.history, log.scale, this.index, policy.historySize);
    const user = users.indexOf(asker);
    return user === undefined
      ? newHistory([], log.scale, this.index, policy.historySize)
      : knownHistory(log, user, policy.historySize);
  }

  private readonly index: ItemIndices = (name, id) => {
    const item = this.parts.items.indexOf(id);
    if (item === undefined) {
      throw new RangeError(`${name}: expected an item of the catalogue, got ${JSON.stringify(id)}`);
    }
    return item;
  };

  private indices(name: string, ids: readonly string[]): number[] {
    return ids.map((id) => this.index(name, id));
  }
}

/** Whether the policy has anything to go by: a vector or a history. */
function isSomebody({ user, rated }: SeenHistory): boolean {
  return user !== undefined || rated.length > 0;
}

/** The best by scores that are given for all items. */
function bestOf(
  scores: Float32Array,
  k: number,
  barred: ReadonlySet<number>,
  allowed: Int32Array | undefined,
): { item: number; score: number }[] {
  const may = allowed && new Set(allowed);
  return topK(
    scores.map((score, item) => (barred.has(item) || (may && !may.has(item)) ? -Infinity : score)),
    k,
  );
}

/** Histories as stretches of the same columns, as a fold-in takes them. */
function joined(histories: readonly SeenHistory[]) {
  let end = 0;
  const ends = histories.map(({ rated }) => (end += rated.length));
  return {
    items: histories.flatMap(({ rated }) => [...rated]),
    ratings: histories.flatMap(({ ratings }) => [...ratings]),
    starts: [0, ...ends.slice(0, -1)],
    ends,
  };
}
