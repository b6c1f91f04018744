import {
  Adam,
  assertNumbers,
  copyWeights,
  Lifetime,
  restoreVariables,
  savableVariables,
  savedVariables,
  SHARE,
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
import { HISTORY_SIZE, NO_ITEM } from '@rl-recsys/environment';
import { restoreTogether, type Random, type SavedState } from '@rl-recsys/random';
import type { Batch, Transition } from '@rl-recsys/replay-buffer';
import * as tf from '@tensorflow/tfjs-core';
import { inspectedFigures } from '../inspected.js';
import { softmaxPolicyLoss } from '../residual/losses.js';
import { tidyAll } from '../tidy-all.js';
import { assertGatedOptions } from './assert-options.js';
import { actionScores } from './block-actor.js';
import { createGatedNetworks, type GatedNetworks } from './networks.js';
import type { GatedLearnerOptions } from './options.js';
import type { SavedBlockActor } from './policy.js';
import { PoolTensors, type Candidates, type MomentHistories } from './pool-tensors.js';
import { spreadScores } from './spread.js';
import type { GatedObserved } from './state.js';
import { partsOfScores } from './score-parts.js';
import { gatedFields, type GatedFields } from './transition-fields.js';

/** A batch as a replay buffer with {@link gatedFields} fills it. */
export type GatedBatch = Batch<GatedFields>;

/** Updates of the critics before the first of the actor, who would else follow values that mean nothing yet. */
const HEAD_START = 150;

/**
 * What learns in DRR's default variant on a log: an actor that weighs blocks of scores for each user, and two critics that value the
 * item that was shown, of which the smaller value counts.
 *
 * The actor learns through a softmax over the candidates; the averaged networks are the ones that recommend.
 */
export class GatedLearner implements Learner<GatedFields> {
  /** The schema of the transitions that it learns from. */
  readonly fields: GatedFields;
  /** n */
  readonly historySize: number;
  private readonly blockNames: readonly string[];
  private readonly tensors: PoolTensors;
  private readonly online: GatedNetworks;
  private readonly averaged: GatedNetworks;
  private readonly actorOptimizer: Adam;
  private readonly criticOptimizer: Adam;
  private readonly temperature: number;
  private readonly tau: number;
  private readonly masks: Random;
  private readonly lifetime = new Lifetime('a learner');

  /** @throws RangeError where an option is out of range or unknown; it is named. */
  constructor(options: GatedLearnerOptions) {
    assertGatedOptions(options);
    const { historySize = HISTORY_SIZE, candidateCount = 160, temperature = 0.25, tau = 0.01 } = options;
    const { actorLearningRate = 1e-3, criticLearningRate = 2e-3, random, pools } = options;
    this.fields = gatedFields({ historySize, candidateCount });
    this.historySize = historySize;
    this.blockNames =
      options.blockNames ?? Array.from({ length: pools.blockCount }, (_, block) => `block ${block + 1}`);
    this.temperature = temperature;
    this.tau = tau;
    this.masks = random.fork('dropout');
    this.tensors = new PoolTensors(pools, options);
    this.online = createGatedNetworks(options, this.tensors.items);
    this.averaged = createGatedNetworks(options, this.tensors.items);
    copyWeights(this.averaged.variables, this.online.variables);
    copyWeights(this.averaged.constants, this.online.constants);
    const { actor, critics } = this.online;
    this.actorOptimizer = new Adam(actor.variables, { learningRate: actorLearningRate });
    this.criticOptimizer = new Adam(
      critics.flatMap(({ variables }) => variables),
      { learningRate: criticLearningRate },
    );
  }

  /** @throws RangeError where an index is in no table, a candidate in no pool of the moment, or `discount` is no share. */
  assertTransition(transition: Transition<GatedFields>): void {
    this.tensors.assertTransition(transition);
    assertNumbers(SHARE, { discount: transition.discount });
  }

  /** Brings all inputs to one scale, by transitions made before learning; call it once. */
  prepare({ columns }: GatedBatch): void {
    tf.tidy(() => this.online.fit(this.tensors.observe(columns, this.historySize)));
    copyWeights(this.averaged.constants, this.online.constants);
  }

  /**
   * What the learning actor gives candidates, divided by the temperature: float32 `[batch · candidates]`.
   *
   * @param rows - int32 `[batch · candidates]` of the pools, −1 where there is none.
   * @throws RangeError where an index is in no table.
   */
  preferences(histories: MomentHistories, rows: Int32Array): Float32Array {
    return this.scoresBy(this.online, histories, rows).map((score) => score / this.temperature);
  }

  /** What the averaged actor, the one to recommend by, gives candidates, in the same way but as scores. */
  scores(histories: MomentHistories, rows: Int32Array): Float32Array {
    return this.scoresBy(this.averaged, histories, rows);
  }

  /**
   * What the averaged actor decides: `gates` float32 `[batch, blocks]` and `residual` `[batch, k]`.
   *
   * @throws RangeError where an index is in no table.
   */
  actions(histories: MomentHistories): { readonly gates: Float32Array; readonly residual: Float32Array } {
    const { gates, residual } = tf.tidy(() =>
      this.averaged.actor.act(this.tensors.observe(histories, this.historySize)),
    );
    const values = {
      gates: gates.dataSync<'float32'>().slice(),
      residual: residual.dataSync<'float32'>().slice(),
    };
    tf.dispose([gates, residual]);
    return values;
  }

  /** `[items, k]`: items' vectors as residuals weigh them, each dimension with mean 0 and deviation 1. */
  standardItems(): Float32Array {
    return this.tensors.standardItems.dataSync<'float32'>();
  }

  /** What the averaged actor's network reads, as plain values. */
  savedActor(): SavedBlockActor {
    this.lifetime.assertOpen('savedActor');
    return this.averaged.actor.saved();
  }

  /** Copies of what acting reads, of the learning actor; for {@link GatedLearner.takeWeights}. */
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
   * One update of the critics and, after their head start, of the actor; it leaves no tensor behind. Figures: `criticLoss`, the
   * weighted squared TD errors of both critics; `actorLoss`, −Σ_x π(x | s) Q(s, x).
   *
   * @throws RangeError where an index is in no table; nothing has changed then.
   */
  learn({ columns, weights }: GatedBatch): LearnResult {
    this.lifetime.assertOpen('learn');
    const results = tf.tidy(() => {
      const observed = this.tensors.observe(columns, this.historySize);
      const candidates = this.tensors.candidates(columns.candidates, weights.length);
      const target = this.target(columns);
      const { criticLoss, tdError } = this.updateCritics(observed, columns, target, tf.tensor1d(weights));
      const actorLoss =
        this.criticOptimizer.step > HEAD_START ? this.updateActor(observed, candidates) : undefined;
      return { criticLoss, tdError, actorLoss };
    });
    if (results.actorLoss) {
      softUpdate(this.averaged.variables, this.online.variables, this.tau);
      copyWeights(this.averaged.ofModules, this.online.ofModules);
    }
    const figures = {
      criticLoss: results.criticLoss.dataSync()[0]!,
      actorLoss: results.actorLoss?.dataSync()[0],
    };
    const tdErrors = results.tdError.dataSync<'float32'>().slice();
    tf.dispose(results);
    return { figures, tdErrors };
  }

  /**
   * Figures of a batch: `meanQ` and `maxQ` of what was shown, `candidateEntropy`, `residualSize`, and a `gate/…` for each block.
   *
   * @throws RangeError where an index is in no table.
   */
  inspect({ columns, weights }: GatedBatch): Figures {
    this.lifetime.assertOpen('inspect');
    const { actor, critics } = this.online;
    const inspected = tidyAll(() => {
      const observed = this.tensors.observe(columns, this.historySize);
      const { scores, vectors, there } = this.tensors.candidates(columns.candidates, weights.length);
      const shown = this.tensors.candidates(this.shownRows(columns), weights.length);
      const action = actor.act(observed);
      const preferences = spreadScores(actionScores(action, scores, vectors), there);
      return {
        values: critics[0].values(observed, shown.scores),
        shares: tf.softmax(tf.div<tf.Tensor2D>(preferences, this.temperature)),
        ...action,
      };
    });
    return inspectedFigures(inspected, this.blockNames);
  }

  /**
   * What the blocks and the residual add to the scores of some rows of the pools, one for each history, by the learning actor.
   *
   * @param rows - int32 `[batch]`
   * @throws RangeError where an index is in no table.
   */
  explain(histories: MomentHistories, rows: Int32Array): ScoreParts[] {
    this.lifetime.assertOpen('explain');
    const explained = tidyAll(() => {
      const { scores, vectors } = this.tensors.candidates(rows, rows.length);
      return { ...this.online.actor.act(this.tensors.observe(histories, this.historySize)), scores, vectors };
    });
    return partsOfScores(explained, this.blockNames);
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
   * Goes on where {@link GatedLearner.state} stood, bit for bit.
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
    this.tensors.dispose();
  }

  private scoresBy({ actor }: GatedNetworks, histories: MomentHistories, rows: Int32Array): Float32Array {
    this.lifetime.assertOpen('scores');
    const batch = histories.user.length;
    return tidyValues(() => {
      const observed = this.tensors.observe(histories, this.historySize);
      const { scores, vectors, there } = this.tensors.candidates(rows, batch);
      return spreadScores(actionScores(actor.act(observed), scores, vectors), there);
    });
  }

  /** y = r + discount · min Q'(s', x'), where x' is what the averaged actor would show next of what is left. */
  private target(columns: GatedBatch['columns']): tf.Tensor1D {
    const { user, kind, reward, discount, nextHistory, nextRewards, candidates, shown } = columns;
    const r = tf.tensor1d(reward);
    if (discount.every((each) => each === 0)) return r;
    const batch = reward.length;
    const left = candidates.slice();
    for (const [row, place] of shown.entries()) left[(row * left.length) / batch + place] = NO_ITEM;
    const next = this.tensors.observe(
      { user, kind, history: nextHistory, rewards: nextRewards },
      this.historySize,
    );
    const { scores, vectors, there } = this.tensors.candidates(left, batch);
    const { actor, critics } = this.averaged;
    const best = tf.argMax<tf.Tensor1D>(
      spreadScores(actionScores(actor.act(next), scores, vectors), there),
      1,
    );
    const chosen = tf.oneHot(best, there.shape[1]);
    const [first, second] = critics.map((critic) => critic.values(next, scores));
    const value = tf.sum<tf.Tensor1D>(tf.mul(tf.minimum(first!, second!), tf.cast(chosen, 'float32')), 1);
    return tdTarget(r, tf.tensor1d(discount), tf.mul(value, tf.max(there, 1)));
  }

  private updateCritics(
    observed: GatedObserved,
    columns: GatedBatch['columns'],
    target: tf.Tensor1D,
    weight: tf.Tensor1D,
  ) {
    const rows = this.shownRows(columns);
    const { scores } = this.tensors.candidates(rows, rows.length);
    let tdErrors: tf.Tensor1D[] = [];
    const { value, grads } = tf.variableGrads(() => {
      tdErrors = this.online.critics.map((critic) => {
        const valued = tf.squeeze<tf.Tensor1D>(critic.values(observed, scores, this.masks), [1]);
        return tf.keep(tf.sub(target, valued));
      });
      const losses = tdErrors.map((tdError) => weightedSquaredError(tdError, weight));
      return losses.reduce((sum, loss) => tf.add(sum, loss));
    }, [...this.criticOptimizer.variables]);
    this.criticOptimizer.apply(grads);
    const [tdError, ...others] = tdErrors;
    tf.dispose(others);
    return { criticLoss: value, tdError: tdError! };
  }

  private updateActor(observed: GatedObserved, { scores, vectors, there }: Candidates): tf.Scalar {
    const { actor, critics } = this.online;
    const [first, second] = critics.map((critic) => critic.values(observed, scores));
    // To one spread for each user: else those who like much would be all that matters.
    const values = tf.mul<tf.Tensor2D>(spreadScores(tf.minimum(first!, second!), there), there);
    const { value, grads } = tf.variableGrads(() => {
      const preferences = spreadScores(actionScores(actor.act(observed, this.masks), scores, vectors), there);
      return softmaxPolicyLoss(preferences, values, this.temperature);
    }, [...this.actorOptimizer.variables]);
    this.actorOptimizer.apply(grads);
    return value;
  }

  /** int32 `[batch]`: the rows of the pools that were shown. */
  private shownRows({ candidates, shown }: GatedBatch['columns']): Int32Array {
    const count = this.fields.candidates.size;
    return Int32Array.from(shown, (place, row) => candidates[row * count + place]!);
  }

  private actingVariables(): tf.Variable[] {
    const { variables, constants } = this.online.actor;
    return [...variables, ...constants];
  }

  private learnedVariables(): tf.Variable[] {
    return [this.online, this.averaged].flatMap(({ variables, constants }) => [...variables, ...constants]);
  }
}
