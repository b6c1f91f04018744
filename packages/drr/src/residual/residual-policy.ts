import type { EmbeddingTable } from '@rl-recsys/embeddings';
import type { Fingerprint } from '@rl-recsys/rating-log';
import { Catalogue } from '../catalogue.js';
import { scoreItems, scoreItemsBatch } from '../ranking.js';
import type { Recommendation } from '../recommend.js';
import { joinHistories, type RewardedHistory } from './observed.js';
import type { ResidualAgent } from './residual-agent.js';

/**
 * The greedy policy of an agent's averaged networks: it turns users and their histories into vectors and
 * ranks items by them. It follows the agent as it learns; where items' vectors learn too, it keeps those that
 * they were when it was made.
 */
export class ResidualPolicy {
  /** What tables and errors call it. */
  readonly name = 'DRR';
  /** What its vectors were fitted on, as the tables say. */
  readonly fittedOn: readonly Fingerprint[];
  private readonly items: EmbeddingTable;
  private readonly catalogue: Catalogue;

  constructor(private readonly agent: ResidualAgent) {
    this.fittedOn = agent.fittedOn;
    this.items = agent.items;
    this.catalogue = new Catalogue(this.items);
  }

  /**
   * The actions `[users, k]`, without exploration.
   *
   * @throws RangeError where a user or an item is in no table, or a history has another length.
   */
  actBatch(users: readonly RewardedHistory[]): Float32Array {
    return this.agent.actByAverage(joinHistories(users, this.agent.historySize));
  }

  /** The action `[k]` for one user, as {@link ResidualPolicy.actBatch} gives it. */
  act(user: RewardedHistory): Float32Array {
    return this.actBatch([user]);
  }

  /**
   * Writes to `scores[i]` how much `items[i]` should be shown; higher is better.
   *
   * @throws RangeError as {@link ResidualPolicy.actBatch} does, and where one of `items` is in no table.
   */
  score(observation: RewardedHistory, items: Int32Array, scores: Float32Array): void {
    scoreItems(this.act(observation), this.items, items, scores);
  }

  /**
   * {@link ResidualPolicy.score} for several users at once, which is far less work for each.
   *
   * @throws RangeError as {@link ResidualPolicy.score} does.
   */
  scoreBatch(
    observations: readonly RewardedHistory[],
    items: readonly Int32Array[],
    scores: readonly Float32Array[],
  ): void {
    scoreItemsBatch(this.actBatch(observations), this.items, items, scores);
  }

  /**
   * The best `k` items of the whole catalogue, best first; of equal ones the lower index first.
   *
   * @param options - `seen`: items that are not to be recommended (default none).
   * @returns fewer than `k` where there are not as many.
   */
  recommend(user: RewardedHistory, options: { k: number; seen?: ArrayLike<number> }): Recommendation[] {
    return this.catalogue.topK(this.act(user), options.k, options.seen);
  }

  /**
   * {@link ResidualPolicy.recommend} for several users at once, which is less work for each.
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
