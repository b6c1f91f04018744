import {
  Adam,
  assertNumbers,
  copyWeights,
  Lifetime,
  restoreVariables,
  savableVariables,
  savedVariables,
  SHARE,
  tidyValues,
  type Figures,
  type Learner,
  type ScoreParts,
  type Weights,
} from '@rl-recsys/agent';
import { createEmbeddingTable, type EmbeddingTable } from '@rl-recsys/embeddings';
import { HISTORY_SIZE } from '@rl-recsys/environment';
import { assertOptionNames, restoreTogether, type SavedState } from '@rl-recsys/random';
import type { Fingerprint } from '@rl-recsys/rating-log';
import type { Transition } from '@rl-recsys/replay-buffer';
import { activeKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { RewardedHistories } from '../histories.js';
import { inspectedFigures } from '../inspected.js';
import { keptByHand } from '../kept-by-hand.js';
import { layerEncoder } from '../layer-encoder.js';
import type { RankingPolicy } from '../ranking-policy.js';
import { scoreItems } from '../ranking.js';
import { plainEncoder } from '../state-encoder.js';
import {
  assertItems,
  assertRows,
  assertSameSize,
  assertUserAndHistories,
  type EmbeddingTables,
} from '../tables.js';
import { tidyAll } from '../tidy-all.js';
import type { ActorNetwork } from './actor-network.js';
import { assertColumnLengths } from './assert-columns.js';
import { assertOptions } from './assert-options.js';
import { scoresOf, updateByAutograd } from './autograd-update.js';
import { assertBlocks } from './blocks.js';
import { assertRewardedHistories, itemRows, observe, type Observed } from './observed.js';
import { residualFields, type ResidualFields } from './transition-fields.js';
import { canFuse } from './fused/fuse.js';
import { FusedActing } from './fused/fused-acting.js';
import { FusedUpdate } from './fused/fused-update.js';
import { lookOf, type Look } from './look.js';
import { createNetworks, type ResidualNetworks } from './networks.js';
import { RESIDUAL_LEARNER_NAMES, type ResidualLearnerOptions } from './options.js';
import { residualPolicy, type SavedResidualPolicy } from './policy.js';
import { scoreParts } from './score-parts.js';
import { shareTensors } from './shared-tensors.js';
import type { ResidualBatch, ResidualLearnResult, UpdateParts } from './update-parts.js';

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
  private readonly parts: UpdateParts;
  /** Whether its networks can be computed by hand. */
  private readonly isFusible: boolean;
  private fused: FusedUpdate | undefined;
  private readonly acting = new Map<ActorNetwork, FusedActing>();
  /** Whether the actor was trained before, so that its inputs have their scale. */
  private hasTrainedActor = false;
  private readonly lifetime = new Lifetime('a learner');

  /** @throws RangeError where the tables' vectors differ in length, the blocks are not their dimensions, or an option is out of range or unknown. */
  constructor(options: ResidualLearnerOptions) {
    assertOptionNames(options, RESIDUAL_LEARNER_NAMES);
    const { users, items, blocks, random, historySize = HISTORY_SIZE, candidateCount = 32 } = options;
    const { temperature = 0.3, tau = 0.01, policyDelay = 2, fusedStep = true } = options;
    assertSameSize(options);
    assertBlocks(blocks, items.size);
    assertOptions(options);
    this.fields = residualFields({ historySize, candidateCount });
    this.historySize = historySize;
    this.fittedOn = options.fittedOn ?? [];
    this.tables = { users, items, fittedOn: this.fittedOn };
    const shared = shareTensors(options);
    const [online, averaged] = [createNetworks(options, shared), createNetworks(options, shared)];
    copyWeights(averaged.variables, online.variables);
    copyWeights(averaged.constants, online.constants);
    this.isFusible = fusedStep && [online.actor, ...online.critics].every(canFuse);
    const { actorLearningRate = 3e-4, criticLearningRate = 1e-3 } = options;
    const ofCritics = online.critics.flatMap(({ variables }) => variables);
    this.parts = {
      ...{
        shared,
        online,
        averaged,
        items,
        blocks,
        historySize,
        candidateCount,
        temperature,
        tau,
        policyDelay,
      },
      actorOptimizer: new Adam(online.actor.variables, { learningRate: actorLearningRate }),
      criticOptimizer: new Adam(ofCritics, { learningRate: criticLearningRate }),
      masks: random.fork('dropout'),
    };
  }

  /**
   * Goes on from a policy that was trained before: both actors are as it is, and the critics still know nothing.
   *
   * @throws RangeError where it is of other shapes, or learned vectors of its own; nothing has changed then.
   */
  takePolicy(policy: SavedResidualPolicy): void {
    this.lifetime.assertOpen('takePolicy');
    if (policy.itemVectors) throw new RangeError('policy: expected one that ranks the vectors of the tables');
    const scales = this.parts.shared.userScale as tf.Variable;
    for (const { actor } of [this.parts.online, this.parts.averaged]) actor.take(policy);
    restoreVariables([scales], [policy.userScale], 'policy.userScale');
    this.hasTrainedActor = policy.layers.at(-1)!.kernel.some((weight) => weight !== 0);
  }

  /** @throws RangeError where an index is in no table, or `discount` is no share. */
  assertTransition(transition: Transition<ResidualFields>): void {
    const { items } = this.tables;
    assertUserAndHistories(this.tables, transition);
    assertItems(items, 'candidates', transition.candidates);
    assertItems(items, 'nextCandidates', transition.nextCandidates);
    assertRows(items, 'item', [transition.item]);
    assertNumbers(SHARE, { discount: transition.discount });
  }

  /** Brings all inputs to one scale, but those of a trained actor, by transitions made before learning; call it once. */
  prepare({ columns }: ResidualBatch): void {
    tf.tidy(() => {
      const observed = this.observe(columns);
      const shown = tf.tensor1d(columns.item, 'int32');
      if (!this.hasTrainedActor) this.parts.online.actor.fit(observed);
      for (const critic of this.parts.online.critics) critic.fit(observed, shown);
    });
    copyWeights(this.parts.averaged.constants, this.parts.online.constants);
  }

  /**
   * The actions π(s) `[batch, k]` of the learning actor, without exploration.
   *
   * @throws RangeError where an index is in no table, or the histories have another length.
   */
  act(histories: RewardedHistories): Float32Array {
    return this.actBy(this.parts.online, histories);
  }

  /** The actions `[batch, k]` of the averaged actor, the one to recommend by. */
  actByAverage(histories: RewardedHistories): Float32Array {
    return this.actBy(this.parts.averaged, histories);
  }

  /**
   * Scores candidates by actions of the learning actor, as `scoreItems` does.
   *
   * @param actions - `[states, k]`
   * @param candidates - int32 `[any]` for each state.
   * @param take - is given each state's scores in turn: from a place on, for the time of the call.
   * @throws RangeError where a candidate is in no table.
   * @internal
   */
  scoreEach(
    actions: Float32Array,
    candidates: readonly Int32Array[],
    take: (state: number, scores: Float32Array, from: number) => void,
  ): void {
    for (const own of candidates) assertRows(this.tables.items, 'candidates', own);
    const acting = this.actingBy(this.parts.online);
    if (acting) return acting.scoreEach(actions, candidates, take);
    const items = this.learningItems;
    const scores = new Float32Array(candidates.reduce((most, { length }) => Math.max(most, length), 0));
    for (const [state, own] of candidates.entries()) {
      scoreItems(actions.subarray(state * items.size, (state + 1) * items.size), items, own, scores);
      take(state, scores, 0);
    }
  }

  /** The vectors that the averaged actor's actions rank: those given, or where they learn a copy as they are now. */
  get items(): EmbeddingTable {
    return this.itemsOf(this.parts.averaged);
  }

  /** The vectors that the learning actor's actions rank, in the same way. */
  get learningItems(): EmbeddingTable {
    return this.itemsOf(this.parts.online);
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
      blocks: this.parts.blocks.map(({ name, start, size }) => ({ name, start, size })),
      userScale: this.parts.shared.userScale.dataSync<'float32'>().slice(),
      itemVectors: this.items === this.tables.items ? null : this.items.vectors,
      ...this.parts.averaged.actor.saved(),
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
    this.parts.actorOptimizer.rateScale = share;
    this.parts.criticOptimizer.rateScale = share;
  }

  /**
   * One update of the critics and, where it is its turn, of the actor; it leaves no tensor behind.
   *
   * @throws RangeError where an index is in no table; nothing has changed then.
   */
  learn(batch: ResidualBatch): ResidualLearnResult {
    this.lifetime.assertOpen('learn');
    const { columns } = batch;
    assertColumnLengths(batch, this.fields);
    assertItems(this.tables.items, 'candidates', columns.candidates);
    assertItems(this.tables.items, 'nextCandidates', columns.nextCandidates);
    assertRows(this.tables.items, 'item', columns.item);
    return this.fusedUpdate(batch.weights.length)?.learn(batch) ?? updateByAutograd(this.parts, batch);
  }

  /**
   * Figures of a batch: `meanQ` and `maxQ` of what was shown, `candidateEntropy`, `residualSize`, and a `gate/…` for each block.
   *
   * @throws RangeError where an index is in no table.
   */
  inspect({ columns }: ResidualBatch): Figures {
    this.lifetime.assertOpen('inspect');
    const { actor, critics } = this.parts.online;
    const names = this.parts.blocks.map(({ name }) => name);
    const inspected = tidyAll(() => {
      const observed = this.observe(columns);
      const { action, gates, residual } = actor.decide(observed);
      const scores = scoresOf(actor, action, columns.candidates);
      return {
        values: critics[0].value(observed, itemRows(columns.item)),
        shares: tf.softmax(tf.div<tf.Tensor2D>(scores, this.parts.temperature)),
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
      const { gates, residual } = this.parts.online.actor.decide(observed);
      return {
        user: observed.user,
        gates,
        residual,
        item: tf.gather(this.parts.online.actor.items, itemRows(shown)),
      };
    });
    return scoreParts({ user, gates, residual, item }, this.parts.blocks);
  }

  /**
   * What the averaged networks make of one observation: gates, the residual, and for each of some items its score, what made that, and
   * what both critics expect of it.
   *
   * @param histories - of one user.
   * @param items - int32 `[any]`
   * @throws RangeError where an index is in no table, or there is not one history.
   */
  lookAt(histories: RewardedHistories, items: Int32Array): Look {
    this.lifetime.assertOpen('lookAt');
    assertRows(this.tables.items, 'item', items);
    if (histories.user.length !== 1)
      throw new RangeError(`histories: expected one, got ${histories.user.length}`);
    const { actor, critics } = this.parts.averaged;
    const looked = tidyAll(() => {
      const observed = this.observe(histories);
      const { gates, residual } = actor.decide(observed);
      const rows = itemRows(items);
      const [first, second] = critics.map((critic) => critic.valuesOf(observed, rows));
      const values: tf.Tensor2D = tf.div(tf.add(first!, second!), 2);
      return { user: observed.user, gates, residual, vectors: tf.gather(actor.items, rows), values };
    });
    return lookOf(looked, items, this.parts.blocks);
  }

  /** Everything that learning changes: networks, their averages, optimizers, the stream of dropout. */
  state(): SavedState {
    this.lifetime.assertOpen('state');
    return {
      variables: savedVariables(this.learnedVariables()),
      actorOptimizer: this.parts.actorOptimizer.state(),
      criticOptimizer: this.parts.criticOptimizer.state(),
      masks: this.parts.masks.state(),
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
      [this.parts.actorOptimizer, actorOptimizer],
      [this.parts.criticOptimizer, criticOptimizer],
      [this.parts.masks, masks],
    ]);
  }

  /** Frees all variables; safe to call twice. */
  dispose(): void {
    if (!this.lifetime.end()) return;
    this.fused?.free();
    for (const acting of this.acting.values()) acting.free();
    for (const optimizer of [this.parts.actorOptimizer, this.parts.criticOptimizer]) optimizer.dispose();
    for (const networks of [this.parts.online, this.parts.averaged]) networks.dispose();
    tf.dispose({ ...this.parts.shared });
  }

  private itemsOf({ actor: { items } }: ResidualNetworks): EmbeddingTable {
    if (items === this.parts.shared.items) return this.tables.items;
    return createEmbeddingTable(items.dataSync<'float32'>().slice(), this.tables.items.size);
  }

  private observe(histories: RewardedHistories): Observed {
    return observe(this.parts.shared.users, this.tables.items, this.historySize, histories);
  }

  private actBy(networks: ResidualNetworks, histories: RewardedHistories): Float32Array {
    this.lifetime.assertOpen('act');
    const acting = this.actingBy(networks);
    if (!acting) return tidyValues(() => networks.actor.act(this.observe(histories)));
    assertRewardedHistories(this.tables, histories, this.historySize);
    return acting.act(histories);
  }

  /** What acts by hand, where that can be had. */
  private actingBy({ actor }: ResidualNetworks): FusedActing | undefined {
    const fast = this.isFusible ? activeKernels() : undefined;
    if (!fast) return undefined;
    const { shared, blocks } = this.parts;
    let acting = this.acting.get(actor);
    if (acting?.fast !== fast) {
      acting?.free();
      acting = new FusedActing(fast, { actor, shared, blocks, historySize: this.historySize });
      this.acting.set(actor, acting);
    }
    return acting;
  }

  /** The update by hand for batches of this size, where it can be had. */
  private fusedUpdate(batchSize: number): FusedUpdate | undefined {
    const fast = activeKernels();
    if (!this.isFusible || !fast) return undefined;
    const make = () => new FusedUpdate(fast, this.parts, batchSize);
    return (this.fused = keptByHand(this.fused, fast, batchSize, make));
  }

  private actingVariables(): tf.Variable[] {
    const { variables, constants } = this.parts.online.actor;
    return [...variables, ...constants, this.parts.shared.userScale];
  }

  private learnedVariables(): tf.Variable[] {
    const { online, averaged } = this.parts;
    const networks = [online, averaged].flatMap(({ variables, constants }) => [...variables, ...constants]);
    return [...networks, this.parts.shared.userScale];
  }
}
