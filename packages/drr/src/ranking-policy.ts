import type { EmbeddingTable } from '@rl-recsys/embeddings/search';
import type { Fingerprint } from '@rl-recsys/rating-log';
import { Catalogue } from './catalogue.js';
import { joinHistories, type RewardedHistories, type RewardedHistory } from './histories.js';
import { scoreItems, scoreItemsBatch } from './ranking.js';
import type { Recommendation } from './recommend.js';
import { assertHistories, assertSameSize, copyUsers, type EmbeddingTables } from './tables.js';

/**
 * π of several users at once.
 *
 * @param users - their vectors, float32 `[batch, k]`.
 * @returns the vectors that rank items, float32 `[batch, k]`.
 */
export type ActionFunction = (
  users: Float32Array,
  histories: Pick<RewardedHistories, 'history' | 'rewards'>,
) => Float32Array;

/** What a {@link RankingPolicy} is made from. */
export interface RankingPolicyOptions {
  /** What tables and errors call it. */
  readonly name: string;
  /** The vectors of users, and those of items that an action ranks. */
  readonly tables: EmbeddingTables;
  /** n */
  readonly historySize: number;
  readonly actions: ActionFunction;
}

/**
 * A greedy policy whose action is a vector: items are ranked by their inner products with it. It does not learn, and
 * does not follow the agent that it comes from.
 */
export class RankingPolicy {
  readonly name: string;
  /** What its vectors were fitted on, as the tables say. */
  readonly fittedOn: readonly Fingerprint[];

  /**
   * @param catalogue - of the same items, where another policy has one already.
   * @throws RangeError where the vectors of users and of items differ in length.
   */
  constructor(
    private readonly options: RankingPolicyOptions,
    private readonly catalogue: Catalogue = new Catalogue(options.tables.items),
  ) {
    assertSameSize(options.tables);
    this.name = options.name;
    this.fittedOn = options.tables.fittedOn ?? [];
  }

  /** n, how long a history is. */
  get historySize(): number {
    return this.options.historySize;
  }

  /** The vectors of its users and items. */
  get tables(): EmbeddingTables {
    return this.options.tables;
  }

  /** The same policy for other users, such as new ones whose vectors were folded in. */
  forUsers(users: EmbeddingTable): RankingPolicy {
    const { options, catalogue } = this;
    return new RankingPolicy({ ...options, tables: { ...options.tables, users } }, catalogue);
  }

  /**
   * The policy between this one and another: its action is (1 − share) · this one's + share · the other's, and since scores are
   * linear in actions, so are they. A step towards what was learned that a log can still judge.
   *
   * @param share - from 0, which is this policy, to 1.
   * @throws RangeError where `share` is not, the two rank other vectors, or their histories differ in length.
   */
  mixedWith(other: RankingPolicy, share: number): RankingPolicy {
    if (!(share >= 0 && share <= 1)) {
      throw new RangeError(`share: expected a number from 0 to 1, got ${share}`);
    }
    const [mine, theirs] = [this.options, other.options];
    if (mine.historySize !== theirs.historySize) {
      throw new RangeError(
        `other: expected histories of ${mine.historySize} items, got ${theirs.historySize}`,
      );
    }
    const { vectors } = theirs.tables.items;
    const isSame = (each: number, place: number) => each === vectors[place];
    if (vectors.length !== mine.tables.items.vectors.length || !mine.tables.items.vectors.every(isSame)) {
      throw new RangeError('other: expected a policy that ranks the same vectors of items, got others');
    }
    const actions: ActionFunction = (users, histories) => {
      const towards = theirs.actions(users, histories);
      return mine
        .actions(users, histories)
        .map((each, place) => (1 - share) * each + share * towards[place]!);
    };
    return new RankingPolicy({ ...mine, actions }, this.catalogue);
  }

  /**
   * The actions `[users, k]`.
   *
   * @throws RangeError where a user or an item is in no table, or a history has another length.
   */
  actBatch(users: readonly RewardedHistory[]): Float32Array {
    const { tables, historySize, actions } = this.options;
    const joined = joinHistories(users, historySize);
    assertHistories(tables, joined, historySize);
    const vectors = new Float32Array(users.length * tables.users.size);
    copyUsers(tables.users, joined.user, vectors);
    return actions(vectors, joined);
  }

  /** The action `[k]` for one user, as {@link RankingPolicy.actBatch} gives it. */
  act(user: RewardedHistory): Float32Array {
    return this.actBatch([user]);
  }

  /**
   * Writes to `scores[i]` how much `items[i]` should be shown; higher is better.
   *
   * @throws RangeError as {@link RankingPolicy.actBatch} does, and where one of `items` is in no table.
   */
  score(observation: RewardedHistory, items: Int32Array, scores: Float32Array): void {
    scoreItems(this.act(observation), this.options.tables.items, items, scores);
  }

  /**
   * {@link RankingPolicy.score} for several users at once, which is less work for each.
   *
   * @throws RangeError as {@link RankingPolicy.score} does.
   */
  scoreBatch(
    observations: readonly RewardedHistory[],
    items: readonly Int32Array[],
    scores: readonly Float32Array[],
  ): void {
    scoreItemsBatch(this.actBatch(observations), this.options.tables.items, items, scores);
  }

  /**
   * The best `k` items of the whole catalogue, best first; of equal ones the lower index first.
   *
   * @param options - `seen`: items that are not to be recommended (default none).
   * @returns fewer than `k` where there are not as many.
   * @throws RangeError as {@link RankingPolicy.actBatch} does, where `k` is not a positive integer, or one of `seen`
   * is in no table.
   */
  recommend(user: RewardedHistory, options: { k: number; seen?: ArrayLike<number> }): Recommendation[] {
    return this.catalogue.topK(this.act(user), options.k, options.seen);
  }

  /**
   * {@link RankingPolicy.recommend} for several users at once, which is less work for each.
   *
   * @param options - `seen`: one list for each user (default none).
   */
  recommendBatch(
    users: readonly RewardedHistory[],
    options: { k: number; seen?: ReadonlyArray<ArrayLike<number>> },
  ): Recommendation[][] {
    return this.catalogue.topKBatch(this.actBatch(users), options.k, options.seen);
  }
}
