import { partsOfPolicy } from '@rl-recsys/drr/residual/mixed-policy';
import type { IdMap, RatingLog } from '@rl-recsys/rating-log';
import type { Asker } from './asker.js';
import {
  knownHistory,
  newHistory,
  returningHistory,
  visitHistory,
  type ItemIndices,
  type SeenHistory,
} from './histories.js';
import { pastRanker, type PastParts } from './past-ranker.js';
import { Popularity } from './popularity.js';
import type { Ranker, RankRequest } from './ranker.js';
import { situationsOf, vectorRanker, type Situations, type VectorParts } from './vector-ranker.js';

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

/** Whom to recommend to, and what. */
export interface RecommendRequest extends RecommendOptions {
  readonly asker: Asker;
}

/** What one of several is answered. */
export interface RankedAnswer {
  /** `popularity` where nothing is known of who asks: then scores are how often items were rated. */
  readonly by: 'policy' | 'popularity';
  /** Best first. */
  readonly items: readonly RecommendedItem[];
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
  private readonly popularity: Popularity;
  private readonly ranker: Ranker;

  /** @internal */
  constructor(readonly parts: RecommenderParts) {
    this.popularity = new Popularity(parts.log);
    this.ranker = 'tables' in parts ? vectorRanker(parts) : pastRanker(parts);
  }

  /**
   * Whether the policy plans visits: it was trained on all that a session shows, with what each item earned, and not on likes
   * alone. Ask it as a `VisitingUser`.
   */
  get seesVisits(): boolean {
    const { parts } = this;
    if (!('tables' in parts) || parts.savedPolicy.kind === 'paper') return false;
    return partsOfPolicy(parts.savedPolicy).every(({ policy }) => policy.rewardWeights !== null);
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
    return this.rankEach(askers.map((asker) => ({ ...options, asker }))).map(({ items }) => [...items]);
  }

  /**
   * {@link Recommender.recommend} for several who ask at once, each for something else.
   *
   * @throws RangeError as that does; then nobody is answered.
   */
  rankEach(requests: readonly RecommendRequest[]): RankedAnswer[] {
    const asked = requests.map((request) => this.rankRequest(request));
    const known = asked.filter(({ somebody }) => this.ranker.knows(somebody));
    const ranked = known.length === 0 ? [] : this.ranker.rank(known);
    let next = 0;
    return asked.map((request) => {
      const isKnown = this.ranker.knows(request.somebody);
      const best = isKnown ? ranked[next++]! : this.popularity.rank(request);
      const items = best.map(({ item, score }) => this.named(item, score));
      return { by: isKnown ? 'policy' : 'popularity', items };
    });
  }

  /**
   * What the policy sees of several who ask, to learn from: a policy that ranks by vectors alone has that.
   *
   * @throws TypeError where the policy ranks by whole pasts; RangeError where an item's id is unknown.
   */
  situations(askers: readonly Asker[]): Situations {
    const { parts } = this;
    if (!('tables' in parts)) throw new TypeError('recommender: expected one that ranks by vectors');
    return situationsOf(
      parts,
      askers.map((asker) => this.historyOf(asker)),
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

  private rankRequest({ asker, k, exclude = [], within }: RecommendRequest): RankRequest {
    if (!Number.isSafeInteger(k) || k < 1) throw new RangeError(`k: expected a positive integer, got ${k}`);
    const excluded = this.indices('exclude', exclude);
    const allowed = within && Int32Array.from(new Set(this.indices('within', within))).sort();
    const somebody = this.historyOf(asker);
    const barred = new Int32Array(somebody.rated.length + excluded.length);
    barred.set(somebody.rated);
    barred.set(excluded, somebody.rated.length);
    return { somebody, k, barred, within: allowed };
  }

  private named(item: number, score: number): RecommendedItem {
    const { items, titles } = this.parts;
    const title = titles.size === 0 ? undefined : titles.get(item);
    return title === undefined ? { item: items.idOf(item), score } : { item: items.idOf(item), score, title };
  }

  private historyOf(asker: Asker): SeenHistory {
    const { log, users } = this.parts;
    const { historySize } = this.ranker;
    if (typeof asker !== 'string') {
      if ('history' in asker) return newHistory(asker.history, log.scale, this.index, historySize);
      const known = { log, user: users.indexOf(asker.user) };
      if ('visit' in asker) return visitHistory(known, asker.visit, this.index, historySize);
      return returningHistory(known, asker.since, this.index, historySize);
    }
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
