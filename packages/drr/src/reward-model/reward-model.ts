import {
  Adam,
  assertBackend,
  assertNumbers,
  Lifetime,
  RunawayGuard,
  savableVariables,
  savedVariables,
  SHARE_BELOW_1,
  tidyValues,
  weightedSquaredError,
} from '@rl-recsys/agent';
import type { EmbeddingTable } from '@rl-recsys/embeddings';
import { HISTORY_SIZE } from '@rl-recsys/environment';
import { assertOptionNames, restoreTogether, type Savable, type SavedState } from '@rl-recsys/random';
import type { Fingerprint } from '@rl-recsys/rating-log';
import { activeKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { assertRows, assertSameSize } from '../tables.js';
import { assertColumnLengths } from '../residual/assert-columns.js';
import { assertBlocks } from '../residual/blocks.js';
import { canFuse } from '../residual/fused/fuse.js';
import { keptByHand } from '../kept-by-hand.js';
import { ItemCritic } from '../residual/item-critic.js';
import { createParts } from '../residual/network-parts.js';
import type { RewardedHistories } from '../histories.js';
import { assertRewardedHistories, observe, type Observed } from '../residual/observed.js';
import { shareTensors } from '../residual/shared-tensors.js';
import { FusedRewardUpdate, type RewardParts } from './fused-reward-update.js';
import { rewardFields, type RewardBatch, type RewardFields } from './transition-fields.js';
import { REWARD_MODEL_NAMES, type RewardModelOptions } from './options.js';
import { valueInParts } from './value-in-parts.js';

/** Items that are valued at once: enough to be fast, few enough for a few megabytes. */
const MOST_AT_ONCE = 1000;

/**
 * What showing an item will earn, r(s, x), learned by squared error: the baseline that sees what an agent's critics
 * see and learns from the same transitions, but does not look beyond the next step.
 *
 * It is a critic of `ResidualAgent` with γ = 0, so that a difference between the two is not one of their networks.
 */
export class RewardModel implements Savable {
  /** The schema of the transitions that it learns from. */
  readonly fields: RewardFields;
  /** n */
  readonly historySize: number;
  /** What the vectors were fitted on, as the tables say. */
  readonly fittedOn: readonly Fingerprint[];
  private readonly items: EmbeddingTable;
  private readonly parts: RewardParts;
  /** Whether its updates can be computed by hand. */
  private readonly isFusible: boolean;
  private fused: FusedRewardUpdate | undefined;
  private readonly lifetime = new Lifetime('a reward model');
  private readonly guard = new RunawayGuard({
    state: () => this.learned(),
    restore: (state) => this.takeLearned(state),
  });

  /**
   * @throws RangeError where the tables' vectors differ in length, the blocks are not their dimensions, `dropout` or
   * `learningRate` is impossible, or an option unknown.
   */
  constructor(options: RewardModelOptions) {
    assertOptionNames(options, REWARD_MODEL_NAMES);
    assertBackend();
    const { items, blocks, random, historySize = HISTORY_SIZE, dropout = 0.3, learningRate = 1e-3 } = options;
    const { fusedStep = true } = options;
    assertSameSize(options);
    assertBlocks(blocks, items.size);
    assertNumbers(SHARE_BELOW_1, { dropout });
    this.fields = rewardFields(historySize);
    this.historySize = historySize;
    this.fittedOn = options.fittedOn ?? [];
    this.items = items;
    const shared = shareTensors(options);
    const network = new ItemCritic(createParts(options, shared, { name: 'reward model', dropout }));
    const optimizer = new Adam(network.variables, { learningRate });
    this.parts = { shared, network, blocks, historySize, optimizer, masks: random.fork('dropout') };
    this.isFusible = fusedStep && canFuse(network);
  }

  /**
   * Brings all inputs to one scale, by transitions made before learning; call it once.
   *
   * @throws RangeError where an index is in no table; nothing has changed then.
   */
  prepare({ columns }: RewardBatch): void {
    assertRows(this.items, 'item', columns.item);
    tf.tidy(() => this.parts.network.fit(this.observe(columns), tf.tensor1d(columns.item, 'int32')));
  }

  /** Multiplies the learning rate from now on, for schedules. */
  scaleLearningRates(share: number): void {
    this.parts.optimizer.rateScale = share;
  }

  /**
   * One update of r(s, x) towards what was earned; it leaves no tensor behind.
   *
   * @returns `loss`: (1 / batch) Σ w (r − r(s, x))² before it, with the importance weights w.
   * @throws RangeError where an index is in no table or a column has another length, and nothing has changed then; where the loss or a weight is not finite or beyond
   * all measure, and the model is as it was some updates before.
   */
  learn(batch: RewardBatch): { loss: number } {
    this.lifetime.assertOpen('learn');
    assertColumnLengths(batch, this.fields);
    assertRows(this.items, 'item', batch.columns.item);
    assertRewardedHistories(
      { users: { rows: this.parts.shared.users.shape[0] }, items: this.items },
      batch.columns,
      this.historySize,
    );
    this.guard.before();
    const figures = this.fusedUpdate(batch.weights.length)?.learn(batch) ?? this.updateByAutograd(batch);
    this.guard.after({ figures, tdErrors: new Float32Array(0) });
    return figures;
  }

  /**
   * What showing each candidate would earn, `[batch · any]`, in parts of about a thousand: a whole catalogue
   * takes no more memory than that.
   *
   * @param candidates - int32 `[batch · any]`, as many for each user.
   * @throws RangeError where an index is in no table, the histories have another length, or the candidates cannot
   * be shared out evenly.
   */
  values(histories: RewardedHistories, candidates: Int32Array): Float32Array {
    this.lifetime.assertOpen('values');
    assertRows(this.items, 'candidates', candidates);
    const observed = tf.tidy(() => ({ ...this.observe(histories) }));
    try {
      return valueInParts(candidates, histories.user.length, MOST_AT_ONCE, (columns) =>
        tidyValues(() => this.parts.network.valuesOf(observed, tf.tensor1d(columns, 'int32'))),
      );
    } finally {
      tf.dispose(observed);
    }
  }

  /**
   * Everything that learning changes: the network, its optimizer, the stream of dropout.
   *
   * @throws RangeError where learning has run away, so that a number is not finite; the model is again as it was some updates before.
   */
  state(): SavedState {
    this.lifetime.assertOpen('state');
    return this.guard.state();
  }

  /**
   * Goes on where {@link RewardModel.state} stood, bit for bit.
   *
   * @throws Error where the state is of other shapes or not finite; nothing has changed then.
   */
  restore(state: SavedState): void {
    this.lifetime.assertOpen('restore');
    this.takeLearned(state);
    this.guard.goOnFrom(0);
  }

  /** Frees all variables; safe to call twice. */
  dispose(): void {
    if (!this.lifetime.end()) return;
    this.fused?.free();
    this.parts.optimizer.dispose();
    this.parts.network.dispose();
    tf.dispose({ ...this.parts.shared });
  }

  /** The update by hand for batches of this size, where it can be had. */
  private fusedUpdate(batchSize: number): FusedRewardUpdate | undefined {
    const fast = activeKernels();
    if (!this.isFusible || !fast) return undefined;
    const make = () => new FusedRewardUpdate(fast, this.parts, batchSize);
    return (this.fused = keptByHand(this.fused, fast, batchSize, make));
  }

  private updateByAutograd({ columns, weights }: RewardBatch): { loss: number } {
    const { network, optimizer, masks } = this.parts;
    return tf.tidy(() => {
      const observed = this.observe(columns);
      const [shown, reward] = [tf.tensor1d(columns.item, 'int32'), tf.tensor1d(columns.reward)];
      const weight = tf.tensor1d(weights);
      const { value, grads } = tf.variableGrads(() => {
        const predicted = network.value(observed, shown, masks);
        return weightedSquaredError(tf.sub(reward, predicted), weight);
      }, [...optimizer.variables]);
      optimizer.apply(grads);
      return { loss: value.dataSync()[0]! };
    });
  }

  private learned(): SavedState {
    return {
      variables: savedVariables(this.learnedVariables()),
      optimizer: this.parts.optimizer.state(),
      masks: this.parts.masks.state(),
    };
  }

  private takeLearned(state: SavedState): void {
    const { variables, optimizer, masks } = (state ?? {}) as Record<string, SavedState>;
    restoreTogether([
      [savableVariables(this.learnedVariables()), variables],
      [this.parts.optimizer, optimizer],
      [this.parts.masks, masks],
    ]);
  }

  private observe(histories: RewardedHistories): Observed {
    return observe(this.parts.shared.users, this.items, this.historySize, histories);
  }

  private learnedVariables(): tf.Variable[] {
    const { variables, constants } = this.parts.network;
    return [...variables, ...constants, this.parts.shared.userScale];
  }
}
