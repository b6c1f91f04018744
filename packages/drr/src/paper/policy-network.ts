import { tidyValues } from '@rl-recsys/agent';
import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { RecommendationObservation } from '@rl-recsys/environment';
import { activeKernels, matchDenseStack } from '@rl-recsys/wasm-kernels';
import { DrrAve } from '@rl-recsys/state';
import { FusedPolicy, type FusedPolicyModels } from './fused-policy.js';
import { lookUp } from '../look-up.js';
import { assertHistories, assertSameSize, type EmbeddingTables, type Histories } from '../tables.js';
import { positionWeights } from '../whole-layer.js';
import type { UploadedTables } from '../uploaded-tables.js';

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
 * π(f(s)) of an agent in training: it follows the models and tables that it is given, and never disposes them. Where
 * fast kernels are active and the state is DRR-ave's it computes on addresses.
 */
export class PolicyNetwork {
  private readonly historySize: number;
  private readonly fusedModels: FusedPolicyModels | undefined;
  private fused: FusedPolicy | undefined;

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
    const { stateModule, actor } = models;
    this.historySize = stateModule.inputs[1]!.shape[1]!;
    const weights = positionWeights(stateModule, DrrAve);
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
   * @throws RangeError as {@link PolicyNetwork.act} does.
   */
  actBatch(users: readonly UserHistory[]): Float32Array {
    const history = new Int32Array(users.length * this.historySize);
    for (const [row, user] of users.entries()) {
      assertHistories(this.tables, { user: [user.user], history: user.history }, this.historySize);
      history.set(user.history, row * this.historySize);
    }
    return this.actions({ user: users.map(({ user }) => user), history });
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
