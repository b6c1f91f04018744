import { tidyValues } from '@rl-recsys/ddpg';
import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { RecommendationObservation } from '@rl-recsys/environment';
import type { Fingerprint } from '@rl-recsys/rating-log';
import { activeKernels, matchDenseStack } from '@rl-recsys/wasm-kernels';
import { Catalogue } from './catalogue.js';
import { FusedPolicy, type FusedPolicyModels } from './fused-policy.js';
import { assertHistories, assertSameSize, lookUp, type EmbeddingTables, type Histories } from './look-up.js';
import { positionWeights } from './position-weights.js';
import { scoreItems, scoreItemsBatch } from './ranking.js';
import type { Recommendation } from './recommend.js';
import type { UploadedTables } from './uploaded-tables.js';

/** What a policy needs of a trained agent. */
export interface DrrModels {
  /** User, items and mask in, state out. */
  readonly stateModule: LayersModel;
  /** State in, action out. */
  readonly actor: LayersModel;
}

/** Whom to recommend to: a user, and the items that they liked last. */
export type UserHistory = Pick<RecommendationObservation, 'user' | 'history'>;

/**
 * A DRR that only acts: it turns a user and their history into a vector and ranks items by it.
 *
 * It works on the models and tables that it is given, so that the policy of an agent in training follows
 * it, and never disposes them. The items' table must not change once the whole catalogue has been asked for.
 */
export class DrrPolicy {
  /** What tables and errors call it. */
  readonly name = 'DRR';
  /** What its vectors were fitted on, as the tables say. */
  readonly fittedOn: readonly Fingerprint[];
  private readonly historySize: number;
  private readonly fusedModels: FusedPolicyModels | undefined;
  private fused: FusedPolicy | undefined;
  private readonly catalogue: Catalogue;

  /**
   * @param uploaded - the same tables on the backend, which then must not change; they stay their owner's. Without
   * them each action copies the vectors that it needs, which takes longer but no memory.
   * @throws RangeError where the tables' vectors differ in length.
   */
  constructor(
    private readonly tables: EmbeddingTables,
    private readonly models: DrrModels,
    private readonly uploaded?: UploadedTables,
  ) {
    assertSameSize(tables);
    this.fittedOn = tables.fittedOn ?? [];
    this.catalogue = new Catalogue(tables.items);
    const { stateModule, actor } = models;
    this.historySize = stateModule.inputs[1]!.shape[1]!;
    const weights = positionWeights(stateModule);
    const stack = matchDenseStack(actor.outputs[0]!);
    if (weights && stack?.input === actor.inputs[0]) this.fusedModels = { weights, actor: stack!.layers };
  }

  /**
   * The action a = π(s) `[k]`, without exploration. It leaves no tensor behind.
   *
   * @throws RangeError where the user or an item is in no table, or the history does not have the length
   * that the state module takes.
   */
  act({ user, history }: UserHistory): Float32Array {
    const histories = { user: [user], history };
    assertHistories(this.tables, histories, this.historySize);
    return this.actions(histories);
  }

  /**
   * The actions of several users `[users, k]` at once.
   *
   * @throws RangeError as {@link DrrPolicy.act} does.
   */
  actBatch(users: readonly UserHistory[]): Float32Array {
    const history = new Int32Array(users.length * this.historySize);
    for (const [row, user] of users.entries()) {
      assertHistories(this.tables, { user: [user.user], history: user.history }, this.historySize);
      history.set(user.history, row * this.historySize);
    }
    return this.actions({ user: users.map(({ user }) => user), history });
  }

  /**
   * Writes to `scores[i]` how much `items[i]` should be shown; higher is better.
   *
   * @throws RangeError as {@link DrrPolicy.act} does, and where one of `items` is in no table.
   */
  score(observation: UserHistory, items: Int32Array, scores: Float32Array): void {
    scoreItems(this.act(observation), this.tables.items, items, scores);
  }

  /**
   * {@link DrrPolicy.score} for several users at once, which is far less work for each.
   *
   * @throws RangeError as {@link DrrPolicy.score} does.
   */
  scoreBatch(
    observations: readonly UserHistory[],
    items: readonly Int32Array[],
    scores: readonly Float32Array[],
  ): void {
    scoreItemsBatch(this.actBatch(observations), this.tables.items, items, scores);
  }

  /**
   * The best `k` items of the whole catalogue, best first; of equal ones the lower index first.
   *
   * @param options - `seen`: items that are not to be recommended (default none).
   * @returns fewer than `k` where there are not as many.
   * @throws RangeError as {@link DrrPolicy.act} does, where `k` is not a positive integer, or one of `seen`
   * is in no table.
   */
  recommend(user: UserHistory, options: { k: number; seen?: ArrayLike<number> }): Recommendation[] {
    return this.catalogue.topK(this.act(user), options.k, options.seen);
  }

  /**
   * {@link DrrPolicy.recommend} for several users at once, which is less work for each.
   *
   * @param options - `seen`: one list for each user (default none).
   */
  recommendBatch(
    users: readonly UserHistory[],
    options: { k: number; seen?: ReadonlyArray<ArrayLike<number>> },
  ): Recommendation[][] {
    return this.catalogue.topKBatch(this.actBatch(users), options.k, options.seen);
  }

  /** Frees the room that acting took; models and tables stay their owner's. */
  dispose(): void {
    this.fused?.free();
    this.fused = undefined;
  }

  /** The actions for checked histories. */
  private actions(histories: Histories): Float32Array {
    const fast = activeKernels();
    if (fast && this.fusedModels) {
      const batch = histories.user.length;
      if (!this.fused || this.fused.capacity < batch || this.fused.fast !== fast) {
        this.dispose();
        this.fused = new FusedPolicy(fast, this.tables, this.fusedModels, batch, this.uploaded);
      }
      return this.fused.act(histories);
    }
    return tidyValues(() => {
      const inputs = lookUp(this.tables, histories, this.historySize);
      return this.models.actor.apply(this.models.stateModule.apply(inputs)) as tf.Tensor;
    });
  }
}
