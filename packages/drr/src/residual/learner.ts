import {
  Adam,
  copyWeights,
  Lifetime,
  restoreVariables,
  savableVariables,
  savedVariables,
  softUpdate,
  tdTarget,
  tidyValues,
  weightedSquaredError,
  type Figures,
  type Learner,
  type LearnResult,
  type ScoreParts,
  type Weights,
} from '@rl-recsys/agent';
import { createEmbeddingTable, type EmbeddingTable } from '@rl-recsys/embeddings';
import { HISTORY_SIZE, NO_ITEM } from '@rl-recsys/environment';
import { assertOptionNames, restoreTogether, type Random, type SavedState } from '@rl-recsys/random';
import type { Fingerprint } from '@rl-recsys/rating-log';
import type { Batch } from '@rl-recsys/replay-buffer';
import * as tf from '@tensorflow/tfjs-core';
import type { RewardedHistories } from '../histories.js';
import { inspectedFigures } from '../inspected.js';
import { layerEncoder } from '../layer-encoder.js';
import type { RankingPolicy } from '../ranking-policy.js';
import { plainEncoder } from '../state-encoder.js';
import { assertRows, assertSameSize, type EmbeddingTables } from '../tables.js';
import { tidyAll } from '../tidy-all.js';
import { assertOptions } from './assert-options.js';
import { assertBlocks } from './blocks.js';
import { assertItems, itemRows, maskOf, observe, vectorsOf, type Observed } from './observed.js';
import { residualFields, type ResidualFields } from './transition-fields.js';
import { candidateScores, softmaxPolicyLoss } from './losses.js';
import { createNetworks, type ResidualNetworks } from './networks.js';
import { RESIDUAL_LEARNER_NAMES, type ResidualLearnerOptions } from './options.js';
import { residualPolicy, type SavedResidualPolicy } from './policy.js';
import { scoreParts } from './score-parts.js';
import { shareTensors, type SharedTensors } from './shared-tensors.js';

/** A batch as a replay buffer with {@link residualFields} fills it. */
export type ResidualBatch = Batch<ResidualFields>;

/** What one update tells; a type and not an interface, so that it is a record of figures. */
export type ResidualFigures = {
  /** Importance-weighted squared TD errors, of both critics together. */
  readonly criticLoss: number;
  /** −Σ_x π(x | s) Q(s, x), the mean of the batch; undefined where it was not the actor's turn. */
  readonly actorLoss: number | undefined;
};

/** Updates of the critics before the first of the actor, who would else follow values that mean nothing yet. */
const HEAD_START = 100;

/**
 * What learns in DRR's default variant, ours: an actor that starts at the user's own vector and learns to correct it, and two
 * critics that value the item that was shown.
 *
 * It differs from the paper (`DrrLearner`) in four ways. The action is the user's vector with each block gated,
 * plus a bounded residual: untrained, it ranks as those vectors do. Critics see the item instead of the action.
 * The actor learns through a softmax over the candidates. The averaged networks are the ones that recommend.
 */
export class ResidualLearner implements Learner<ResidualFields> {
  /** The schema of the transitions that it learns from. */
  readonly fields: ResidualFields;
  /** n */
  readonly historySize: number;
  /** What the vectors were fitted on, as the tables say. */
  readonly fittedOn: readonly Fingerprint[];
  /** The vectors that it was made with. */
  readonly tables: EmbeddingTables;
  private readonly shared: SharedTensors;
  private readonly online: ResidualNetworks;
  private readonly averaged: ResidualNetworks;
  private readonly actorOptimizer: Adam;
  private readonly criticOptimizer: Adam;
  private readonly temperature: number;
  private readonly tau: number;
  private readonly policyDelay: number;
  private readonly masks: Random;
  private readonly blocks: ResidualLearnerOptions['blocks'];
  /** Whether the actor was trained before, so that its inputs have their scale. */
  private hasTrainedActor = false;
  private readonly lifetime = new Lifetime('a learner');

  /** @throws RangeError where the tables' vectors differ in length, the blocks are not their dimensions, or an option is out of range or unknown. */
  constructor(options: ResidualLearnerOptions) {
    assertOptionNames(options, RESIDUAL_LEARNER_NAMES);
    const { users, items, blocks, random, historySize = HISTORY_SIZE, candidateCount = 32 } = options;
    const { temperature = 0.3, tau = 0.01, policyDelay = 2 } = options;
    assertSameSize(options);
    assertBlocks(blocks, items.size);
    assertOptions(options);
    this.fields = residualFields({ historySize, candidateCount });
    this.historySize = historySize;
    this.fittedOn = options.fittedOn ?? [];
    this.tables = { users, items, fittedOn: this.fittedOn };
    this.temperature = temperature;
    this.tau = tau;
    this.policyDelay = policyDelay;
    this.blocks = blocks;
    this.masks = random.fork('dropout');
    this.shared = shareTensors(options);
    this.online = createNetworks(options, this.shared);
    this.averaged = createNetworks(options, this.shared);
    copyWeights(this.averaged.variables, this.online.variables);
    copyWeights(this.averaged.constants, this.online.constants);
    const { actorLearningRate = 3e-4, criticLearningRate = 1e-3 } = options;
    const { actor, critics } = this.online;
    this.actorOptimizer = new Adam(actor.variables, { learningRate: actorLearningRate });
    this.criticOptimizer = new Adam(
      critics.flatMap(({ variables }) => variables),
      { learningRate: criticLearningRate },
    );
  }

  /**
   * Goes on from a policy that was trained before: both actors are as it is, and the critics still know nothing.
   *
   * @throws RangeError where it is of other shapes, or learned vectors of its own; nothing has changed then.
   */
  takePolicy(policy: SavedResidualPolicy): void {
    this.lifetime.assertOpen('takePolicy');
    if (policy.itemVectors) throw new RangeError('policy: expected one that ranks the vectors of the tables');
    const scales = this.shared.userScale as tf.Variable;
    for (const { actor } of [this.online, this.averaged]) actor.take(policy);
    restoreVariables([scales], [policy.userScale], 'policy.userScale');
    this.hasTrainedActor = policy.layers.at(-1)!.kernel.some((weight) => weight !== 0);
  }

  /** Brings all inputs to one scale, but those of a trained actor, by transitions made before learning; call it once. */
  prepare({ columns }: ResidualBatch): void {
    tf.tidy(() => {
      const observed = this.observe(columns);
      const shown = tf.tensor1d(columns.item, 'int32');
      if (!this.hasTrainedActor) this.online.actor.fit(observed);
      for (const critic of this.online.critics) critic.fit(observed, shown);
    });
    copyWeights(this.averaged.constants, this.online.constants);
  }

  /**
   * The actions π(s) `[batch, k]` of the learning actor, without exploration.
   *
   * @throws RangeError where an index is in no table, or the histories have another length.
   */
  act(histories: RewardedHistories): Float32Array {
    return this.actBy(this.online, histories);
  }

  /** The actions `[batch, k]` of the averaged actor, the one to recommend by. */
  actByAverage(histories: RewardedHistories): Float32Array {
    return this.actBy(this.averaged, histories);
  }

  /** The vectors that the averaged actor's actions rank: those given, or where they learn a copy as they are now. */
  get items(): EmbeddingTable {
    return this.itemsOf(this.averaged);
  }

  /** The vectors that the learning actor's actions rank, in the same way. */
  get learningItems(): EmbeddingTable {
    return this.itemsOf(this.online);
  }

  /** The greedy policy of the averaged networks as they are now, which does not follow what is learned later. */
  policy(): RankingPolicy {
    const saved = this.savedPolicy();
    const sizes = { embeddingSize: this.tables.items.size, historySize: this.historySize };
    const encoder =
      plainEncoder(saved.stateLayer, sizes.embeddingSize) ?? layerEncoder(saved.stateLayer, sizes);
    return residualPolicy(saved, this.tables, encoder);
  }

  /** That policy as plain values, to be saved. */
  savedPolicy(): SavedResidualPolicy {
    this.lifetime.assertOpen('savedPolicy');
    return {
      kind: 'residual',
      historySize: this.historySize,
      blocks: this.blocks.map(({ name, start, size }) => ({ name, start, size })),
      userScale: this.shared.userScale.dataSync<'float32'>().slice(),
      itemVectors: this.items === this.tables.items ? null : this.items.vectors,
      ...this.averaged.actor.saved(),
    };
  }

  /** Copies of what acting reads, of the learning actor; for {@link ResidualLearner.takeWeights}. */
  weights(): Weights {
    this.lifetime.assertOpen('weights');
    return savedVariables(this.actingVariables());
  }

  /** @throws RangeError where the weights are of other shapes; nothing has changed then. */
  takeWeights(weights: Weights): void {
    this.lifetime.assertOpen('takeWeights');
    restoreVariables(this.actingVariables(), weights, 'weights');
  }

  /** Multiplies both learning rates from now on, for schedules. */
  scaleLearningRates(share: number): void {
    this.actorOptimizer.rateScale = share;
    this.criticOptimizer.rateScale = share;
  }

  /**
   * One update of the critics and, where it is its turn, of the actor; it leaves no tensor behind.
   *
   * @throws RangeError where an index is in no table; nothing has changed then.
   */
  learn({ columns, weights }: ResidualBatch): LearnResult & { readonly figures: ResidualFigures } {
    this.lifetime.assertOpen('learn');
    assertItems(this.tables.items, 'candidates', columns.candidates);
    assertItems(this.tables.items, 'nextCandidates', columns.nextCandidates);
    assertRows(this.tables.items, 'item', columns.item);
    const results = tf.tidy(() => {
      const observed = this.observe(columns);
      const target = this.target(columns);
      const { criticLoss, tdError } = this.updateCritics(
        observed,
        columns.item,
        target,
        tf.tensor1d(weights),
      );
      const turn = this.criticOptimizer.step;
      const isActorsTurn = turn > HEAD_START && turn % this.policyDelay === 0;
      const actorLoss = isActorsTurn ? this.updateActor(observed, columns.candidates) : undefined;
      return { criticLoss, tdError, actorLoss };
    });
    if (results.actorLoss) {
      softUpdate(this.averaged.variables, this.online.variables, this.tau);
      copyWeights(this.averaged.ofModules, this.online.ofModules);
    }
    const figures = {
      criticLoss: results.criticLoss.dataSync()[0]!,
      actorLoss: results.actorLoss?.dataSync()[0],
    } satisfies Figures;
    const tdErrors = results.tdError.dataSync<'float32'>().slice();
    tf.dispose(results);
    return { figures, tdErrors };
  }

  /**
   * Figures of a batch: `meanQ` and `maxQ` of what was shown, `candidateEntropy`, `residualSize`, and a `gate/…` for each block.
   *
   * @throws RangeError where an index is in no table.
   */
  inspect({ columns }: ResidualBatch): Figures {
    this.lifetime.assertOpen('inspect');
    const { actor, critics } = this.online;
    const names = this.blocks.map(({ name }) => name);
    const inspected = tidyAll(() => {
      const observed = this.observe(columns);
      const { action, gates, residual } = actor.decide(observed);
      const scores = this.score(actor, action, columns.candidates);
      return {
        values: critics[0].value(observed, itemRows(columns.item)),
        shares: tf.softmax(tf.div<tf.Tensor2D>(scores, this.temperature)),
        ...{ gates, residual },
      };
    });
    return inspectedFigures(inspected, names);
  }

  /**
   * What the blocks and the residual add to the scores of some items, one for each history, by the learning actor: its score is
   * their sum.
   *
   * @throws RangeError where an index is in no table, or the histories have another length.
   */
  explain(histories: RewardedHistories, shown: Int32Array): ScoreParts[] {
    this.lifetime.assertOpen('explain');
    assertRows(this.tables.items, 'item', shown);
    const { user, gates, residual, item } = tidyAll(() => {
      const observed = this.observe(histories);
      const { gates, residual } = this.online.actor.decide(observed);
      return {
        user: observed.user,
        gates,
        residual,
        item: tf.gather(this.online.actor.items, itemRows(shown)),
      };
    });
    return scoreParts({ user, gates, residual, item }, this.blocks);
  }

  /** Everything that learning changes: networks, their averages, optimizers, the stream of dropout. */
  state(): SavedState {
    this.lifetime.assertOpen('state');
    return {
      variables: savedVariables(this.learnedVariables()),
      actorOptimizer: this.actorOptimizer.state(),
      criticOptimizer: this.criticOptimizer.state(),
      masks: this.masks.state(),
    };
  }

  /**
   * Goes on where {@link ResidualLearner.state} stood, bit for bit.
   *
   * @throws Error where the state is of other shapes or not finite; nothing has changed then.
   */
  restore(state: SavedState): void {
    this.lifetime.assertOpen('restore');
    const { variables, actorOptimizer, criticOptimizer, masks } = (state ?? {}) as Record<string, SavedState>;
    restoreTogether([
      [savableVariables(this.learnedVariables()), variables],
      [this.actorOptimizer, actorOptimizer],
      [this.criticOptimizer, criticOptimizer],
      [this.masks, masks],
    ]);
  }

  /** Frees all variables; safe to call twice. */
  dispose(): void {
    if (!this.lifetime.end()) return;
    for (const optimizer of [this.actorOptimizer, this.criticOptimizer]) optimizer.dispose();
    for (const networks of [this.online, this.averaged]) networks.dispose();
    tf.dispose({ ...this.shared });
  }

  private itemsOf({ actor: { items } }: ResidualNetworks): EmbeddingTable {
    if (items === this.shared.items) return this.tables.items;
    return createEmbeddingTable(items.dataSync<'float32'>().slice(), this.tables.items.size);
  }

  private observe(histories: RewardedHistories): Observed {
    return observe(this.shared.users, this.tables.items, this.historySize, histories);
  }

  private actBy({ actor }: ResidualNetworks, histories: RewardedHistories): Float32Array {
    this.lifetime.assertOpen('act');
    return tidyValues(() => actor.act(this.observe(histories)));
  }

  /** y = r + discount · min Q'(s', x'), where x' is what the averaged actor would show next: r where that is nothing. */
  private target({
    user,
    reward,
    discount,
    nextHistory,
    nextRewards,
    nextCandidates,
  }: ResidualBatch['columns']) {
    const r = tf.tensor1d(reward);
    if (discount.every((each) => each === 0)) return r;
    const count = this.fields.candidates.size;
    const { actor, critics } = this.averaged;
    const next = this.observe({ user, history: nextHistory, rewards: nextRewards });
    const best = tf
      .argMax<tf.Tensor1D>(this.score(actor, actor.act(next), nextCandidates), 1)
      .dataSync<'int32'>();
    const shown = Int32Array.from(best, (place, row) => nextCandidates[row * count + place]!);
    const ahead = discount.map((each, row) => (shown[row] === NO_ITEM ? 0 : each));
    const [first, second] = critics.map((critic) => critic.value(next, itemRows(shown)));
    return tdTarget(r, tf.tensor1d(ahead), tf.minimum(first!, second!));
  }

  private updateCritics(observed: Observed, item: Int32Array, target: tf.Tensor1D, weight: tf.Tensor1D) {
    const shown = tf.tensor1d(item, 'int32');
    let tdErrors: tf.Tensor1D[] = [];
    const { value, grads } = tf.variableGrads(() => {
      tdErrors = this.online.critics.map((critic) => {
        return tf.keep(tf.sub(target, critic.value(observed, shown, this.masks)));
      });
      const losses = tdErrors.map((tdError) => weightedSquaredError(tdError, weight));
      return losses.reduce((sum, loss) => tf.add(sum, loss));
    }, [...this.criticOptimizer.variables]);
    this.criticOptimizer.apply(grads);
    const [tdError, ...others] = tdErrors;
    tf.dispose(others);
    return { criticLoss: value, tdError: tdError! };
  }

  private updateActor(observed: Observed, candidates: Int32Array): tf.Scalar {
    const { actor, critics } = this.online;
    const rows = itemRows(candidates);
    const [first, second] = critics.map((critic) => critic.valuesOf(observed, rows));
    const values = tf.div<tf.Tensor2D>(tf.add(first!, second!), 2);
    const { value, grads } = tf.variableGrads(() => {
      const scores = this.score(actor, actor.act(observed, this.masks), candidates);
      return softmaxPolicyLoss(scores, values, this.temperature);
    }, [...this.actorOptimizer.variables]);
    this.actorOptimizer.apply(grads);
    return value;
  }

  /** What actions `[batch, k]` score candidates `[batch · count]`: `[batch, count]`. */
  private score(
    { items }: ResidualNetworks['actor'],
    action: tf.Tensor2D,
    candidates: Int32Array,
  ): tf.Tensor2D {
    const batch = action.shape[0];
    const vectors = vectorsOf(items, itemRows(candidates), batch);
    return candidateScores(action, vectors, maskOf(candidates, batch));
  }

  private actingVariables(): tf.Variable[] {
    const { variables, constants } = this.online.actor;
    return [...variables, ...constants, this.shared.userScale];
  }

  private learnedVariables(): tf.Variable[] {
    const { online, averaged } = this;
    const networks = [online, averaged].flatMap(({ variables, constants }) => [...variables, ...constants]);
    return [...networks, this.shared.userScale];
  }
}
