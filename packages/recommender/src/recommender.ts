import { topK } from '@rl-recsys/embeddings/search';
import type { IdMap, RatingLog } from '@rl-recsys/rating-log';
import type { Asker } from './asker.js';
import { knownHistory, newHistory, type ItemIndices, type SeenHistory } from './histories.js';
import { pastRanker, type PastParts } from './past-ranker.js';
import { itemCounts } from './popularity.js';
import type { RankedItem, Ranker } from './ranker.js';
import { vectorRanker, type VectorParts } from './vector-ranker.js';

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

/** What a {@link Recommender} is made of, beside its policy. */
export interface CatalogueParts {
  /** What users have rated so far: they are never recommended it again. */
  readonly log: RatingLog;
  readonly users: IdMap;
  readonly items: IdMap;
  /** By item index. */
  readonly titles: ReadonlyMap<number, string>;
}

/** What a {@link Recommender} is made of. */
export type RecommenderParts = CatalogueParts & (VectorParts | PastParts);

/**
 * A trained policy with its catalogue: it answers by the caller's ids, runs wherever JavaScript does, and can be saved.
 *
 * Make one with `createRecommender` or `loadRecommender`.
 */
export class Recommender {
  private readonly popularity: Float32Array;
  private readonly ranker: Ranker;

  /** @internal */
  constructor(readonly parts: RecommenderParts) {
    this.popularity = itemCounts(parts.log);
    this.ranker = 'tables' in parts ? vectorRanker(parts) : pastRanker(parts);
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
   * New users are ranked for by the same policy, by their history. Who has none, or an id that is unknown, gets what is popular.
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
  ): RankedItem[][] {
    const allowed = within && Int32Array.from(within);
    const { ranker } = this;
    const known = histories.filter((history) => ranker.knows(history));
    const barred = known.map(({ rated }) => new Set([...rated, ...excluded]));
    const ranked = known.length === 0 ? [] : ranker.rank(known, { k, barred, within: allowed });
    return histories.map((history) => {
      if (ranker.knows(history)) return ranked.shift()!;
      return bestOf(this.popularity, k, new Set(excluded), allowed);
    });
  }

  private historyOf(asker: Asker): SeenHistory {
    const { log, users } = this.parts;
    const { historySize } = this.ranker;
    if (typeof asker !== 'string') return newHistory(asker.history, log.scale, this.index, historySize);
    const user = users.indexOf(asker);
    return user === undefined
      ? newHistory([], log.scale, this.index, historySize)
      : knownHistory(log, user, historySize);
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

/** The best by scores that are given for all items. */
function bestOf(
  scores: Float32Array,
  k: number,
  barred: ReadonlySet<number>,
  allowed: Int32Array | undefined,
): RankedItem[] {
  const may = allowed && new Set(allowed);
  return topK(
    scores.map((score, item) => (barred.has(item) || (may && !may.has(item)) ? -Infinity : score)),
    k,
  );
}
