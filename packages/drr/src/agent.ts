import * as tf from '@tensorflow/tfjs-core';
import {
  createActor,
  createCritic,
  DdpgLearner,
  fuse,
  seedFrom,
  type DdpgLearnResult,
  type DdpgOptions,
  type FusedUpdate,
} from '@rl-recsys/ddpg';
import type { Random } from '@rl-recsys/random';
import type { Batch } from '@rl-recsys/replay-buffer';
import { createStateModule, DrrAve, type StateLayerOptions } from '@rl-recsys/state';
import { activeKernels } from '@rl-recsys/wasm-kernels';
import type { layers } from '@tensorflow/tfjs-layers';
import { fusedEncoder } from './fused-encoder.js';
import { assertSameSize, lookUp, type EmbeddingTables, type Histories } from './look-up.js';
import { DrrPolicy, type UserHistory } from './policy.js';
import { positionWeights } from './position-weights.js';
import { UploadedTables } from './uploaded-tables.js';
import { transitionFields, type TransitionFields } from './transition-fields.js';

/** A batch as a replay buffer with {@link transitionFields} fills it. */
export type DrrBatch = Batch<TransitionFields>;

/** What a {@link DrrAgent} is made from. */
export interface DrrOptions extends EmbeddingTables, DdpgOptions {
  /** n, how many liked items make the history (default 10, our choice). */
  readonly historySize?: number;
  /** Makes the state layer, twice (default: DRR-ave), such as one of `stateLayers`. */
  readonly stateLayer?: (options: StateLayerOptions) => layers.Layer;
  /** 1 is the paper's critic (default), 2 are TD3's; spread `td3(random)` of `@rl-recsys/ddpg` to have all of TD3. */
  readonly criticCount?: 1 | 2;
  /** Units of each hidden layer (default 128; the paper leaves it open). */
  readonly hiddenSize?: number;
  /**
   * Whether an update is computed in one go, without a tensor for each step, where fast kernels are active
   * (default true). The arithmetic is the same.
   */
  readonly fusedStep?: boolean;
  /** Draws the starting weights. */
  readonly random: Random;
}

/**
 * Deep reinforcement learning based recommendation, to the letter of the paper: a DDPG agent whose state is
 * made of embeddings and whose action is a vector that ranks items. `ResidualAgent` is the variant that beats
 * matrix factorisation.
 *
 * The tables stay as they are; the state module, the actor and the critic learn.
 *
 * See Liu et al. 2018, arXiv 1810.12027, Algorithm 1.
 */
export class DrrAgent {
  /** The schema of the transitions that it learns from. */
  readonly fields: TransitionFields;
  /** The greedy policy, which follows this agent as it learns. */
  readonly policy: DrrPolicy;
  /** The networks and their targets; saves and restores all that learning changes. */
  readonly learner: DdpgLearner;
  /** The vectors that it was made with, which stay as they are. */
  readonly tables: EmbeddingTables;
  private readonly fusedStep: boolean;
  private fused: FusedUpdate<Histories> | undefined;
  private uploaded: UploadedTables | undefined;

  /** @throws RangeError where the tables' vectors differ in length or a size is not a positive integer. */
  constructor(options: DrrOptions) {
    const { users, items, fittedOn = [], historySize = 10, hiddenSize = 128, ...others } = options;
    const { stateLayer = () => new DrrAve({}), fusedStep = true, criticCount = 1, random, ...rest } = others;
    this.fusedStep = fusedStep;
    this.tables = { users, items, fittedOn };
    assertSameSize(this.tables);
    const embeddingSize = items.size;
    const seed = seedFrom(random.fork('state'));
    this.learner = new DdpgLearner(() => {
      const encoder = createStateModule(stateLayer({ seed }), { embeddingSize, historySize });
      const stateSize = encoder.outputs[0]!.shape[1]!;
      const sizes = { stateSize, actionSize: embeddingSize, hiddenSize };
      return {
        encoder,
        actor: createActor({ ...sizes, random: random.fork('actor') }),
        critics: ['critic', 'second critic']
          .slice(0, criticCount)
          .map((name) => createCritic({ ...sizes, random: random.fork(name) })),
      };
    }, rest);
    this.fields = transitionFields({ historySize, embeddingSize });
    // Now rather than at the first update, which then leaves nothing behind.
    if (activeKernels()) this.uploaded = new UploadedTables(this.tables);
    const { encoder, actor } = this.learner.networks;
    this.policy = new DrrPolicy(this.tables, { stateModule: encoder!, actor }, this.uploaded);
  }

  /**
   * The action a = π(s) `[k]`, without exploration. It leaves no tensor behind.
   *
   * @throws RangeError as {@link DrrPolicy.act} does.
   */
  act(observation: UserHistory): Float32Array {
    return this.policy.act(observation);
  }

  /**
   * One update of all networks from a batch; it leaves no tensor behind.
   *
   * @throws RangeError where an index is in no table, or the histories have another length; nothing has
   * changed then.
   */
  learn({ columns, weights }: DrrBatch): DdpgLearnResult {
    const { user, history, nextHistory, action, reward, discount } = columns;
    const before = { user, history };
    const after = { user, history: nextHistory };
    const fused = this.fusedUpdate(weights.length);
    if (fused) {
      const batch = { action, reward, discount, weight: weights };
      return fused.learn({ ...batch, observation: before, nextObservation: after });
    }
    const batch = tf.tidy(() => ({
      observation: this.lookUp(before),
      action: tf.tensor2d(action, [weights.length, this.fields.action.size]),
      reward: tf.tensor1d(reward),
      discount: tf.tensor1d(discount),
      nextObservation: this.lookUp(after),
      weight: tf.tensor1d(weights),
    }));
    try {
      return this.learner.learn(batch);
    } finally {
      tf.dispose(batch);
    }
  }

  /** Frees all variables. */
  dispose(): void {
    this.fused?.free();
    this.uploaded?.dispose();
    this.policy.dispose();
    this.learner.dispose();
  }

  private lookUp(histories: Histories): tf.Tensor[] {
    const n = this.fields.history.size;
    // Only fast kernels gather faster than JavaScript copies.
    if (!activeKernels()) return lookUp(this.tables, histories, n);
    this.uploaded ??= new UploadedTables(this.tables);
    return this.uploaded.lookUp(histories, n);
  }

  /** The update by hand for batches of this size, where it can be had. */
  private fusedUpdate(batchSize: number): FusedUpdate<Histories> | undefined {
    const fast = activeKernels();
    if (!this.fusedStep || !fast) return undefined;
    if (this.fused?.batchSize !== batchSize || this.fused.fast !== fast) {
      this.fused?.free();
      const [online, target] = [this.learner.networks, this.learner.targets].map(({ encoder }) =>
        positionWeights(encoder!),
      );
      if (!online || !target) return undefined; // only DRR-ave has an update by hand
      this.uploaded ??= new UploadedTables(this.tables);
      const { tables, uploaded, fields } = this;
      const sizes = { historySize: fields.history.size, batchSize };
      this.fused = fuse(this.learner, batchSize, () =>
        fusedEncoder({ fast, tables, uploaded, ...sizes, weights: { online, target } }),
      );
    }
    return this.fused;
  }
}
