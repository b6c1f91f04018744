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
  type LearnResult,
  type ScoreParts,
  type Weights,
} from '@rl-recsys/agent';
import { HISTORY_SIZE } from '@rl-recsys/environment';
import { restoreTogether, type SavedState } from '@rl-recsys/random';
import type { Transition } from '@rl-recsys/replay-buffer';
import { activeKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { inspectedFigures } from '../inspected.js';
import { keptByHand } from '../kept-by-hand.js';
import { assertColumnLengths } from '../residual/assert-columns.js';
import { tidyAll } from '../tidy-all.js';
import { assertGatedOptions } from './assert-options.js';
import { updateByAutograd } from './autograd-update.js';
import { actionScores } from './block-actor.js';
import { FusedExploring } from './fused/fused-exploring.js';
import { FusedUpdate } from './fused/fused-update.js';
import { createGatedNetworks, type GatedNetworks } from './networks.js';
import type { GatedLearnerOptions } from './options.js';
import type { SavedBlockActor } from './policy.js';
import { PoolTensors, type MomentHistories } from './pool-tensors.js';
import { partsOfScores } from './score-parts.js';
import { spreadScores } from './spread.js';
import { gatedFields, type GatedFields } from './transition-fields.js';
import { shownRows, type GatedBatch, type GatedUpdateParts } from './update-parts.js';

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
  private readonly parts: GatedUpdateParts;
  /** Whether its networks can be computed by hand. */
  private readonly isFusible: boolean;
  private fused: FusedUpdate | undefined;
  private exploring: FusedExploring | undefined;
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
    const tensors = new PoolTensors(pools, options);
    const online = createGatedNetworks(options, tensors.items);
    const averaged = createGatedNetworks(options, tensors.items);
    copyWeights(averaged.variables, online.variables);
    copyWeights(averaged.constants, online.constants);
    this.isFusible = [online.actor, ...online.critics].every(
      ({ state }) => state.features.sums() !== undefined,
    );
    const ofCritics = online.critics.flatMap(({ variables }) => variables);
    this.parts = {
      ...{ online, averaged, tensors, historySize, candidateCount, temperature, tau },
      actorOptimizer: new Adam(online.actor.variables, { learningRate: actorLearningRate }),
      criticOptimizer: new Adam(ofCritics, { learningRate: criticLearningRate }),
      masks: random.fork('dropout'),
    };
  }

  /** @throws RangeError where an index is in no table, a candidate in no pool of the moment, or `discount` is no share. */
  assertTransition(transition: Transition<GatedFields>): void {
    this.parts.tensors.assertTransition(transition);
    assertNumbers(SHARE, { discount: transition.discount });
  }

  /** Brings all inputs to one scale, by transitions made before learning; call it once. */
  prepare({ columns }: GatedBatch): void {
    tf.tidy(() => this.parts.online.fit(this.parts.tensors.observe(columns, this.historySize)));
    copyWeights(this.parts.averaged.constants, this.parts.online.constants);
  }

  /**
   * What the learning actor gives candidates, divided by the temperature: float32 `[batch · candidates]`.
   *
   * @param rows - int32 `[batch · candidates]` of the pools, −1 where there is none.
   * @throws RangeError where an index is in no table.
   */
  preferences(histories: MomentHistories, rows: Int32Array): Float32Array {
    this.lifetime.assertOpen('preferences');
    const { online, candidateCount, temperature } = this.parts;
    const { length } = histories.user;
    const byHand = rows.length === length * candidateCount ? this.fusedExploring(length) : undefined;
    const scores = byHand?.scores(histories, rows) ?? this.scoresBy(online, histories, rows);
    for (let place = 0; place < scores.length; place++) scores[place]! /= temperature;
    return scores;
  }

  /** What the averaged actor, the one to recommend by, gives candidates, in the same way but as scores. */
  scores(histories: MomentHistories, rows: Int32Array): Float32Array {
    return this.scoresBy(this.parts.averaged, histories, rows);
  }

  /**
   * What the averaged actor decides: `gates` float32 `[batch, blocks]` and `residual` `[batch, k]`.
   *
   * @throws RangeError where an index is in no table.
   */
  actions(histories: MomentHistories): { readonly gates: Float32Array; readonly residual: Float32Array } {
    const { gates, residual } = tf.tidy(() =>
      this.parts.averaged.actor.act(this.parts.tensors.observe(histories, this.historySize)),
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
    return this.parts.tensors.standardItems.dataSync<'float32'>();
  }

  /** What the averaged actor's network reads, as plain values. */
  savedActor(): SavedBlockActor {
    this.lifetime.assertOpen('savedActor');
    return this.parts.averaged.actor.saved();
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
    this.parts.actorOptimizer.rateScale = share;
    this.parts.criticOptimizer.rateScale = share;
  }

  /**
   * One update of the critics and, after their head start, of the actor; it leaves no tensor behind. Figures: `criticLoss`, the
   * weighted squared TD errors of both critics; `actorLoss`, −Σ_x π(x | s) Q(s, x).
   *
   * @throws RangeError where an index is in no table; nothing has changed then.
   */
  learn(batch: GatedBatch): LearnResult {
    this.lifetime.assertOpen('learn');
    assertColumnLengths(batch, this.fields);
    const fused = this.fusedUpdate(batch.weights.length);
    return fused ? fused.learn(batch) : updateByAutograd(this.parts, batch);
  }

  /**
   * Figures of a batch: `meanQ` and `maxQ` of what was shown, `candidateEntropy`, `residualSize`, and a `gate/…` for each block.
   *
   * @throws RangeError where an index is in no table.
   */
  inspect({ columns, weights }: GatedBatch): Figures {
    this.lifetime.assertOpen('inspect');
    const { actor, critics } = this.parts.online;
    const inspected = tidyAll(() => {
      const observed = this.parts.tensors.observe(columns, this.historySize);
      const { scores, vectors, there } = this.parts.tensors.candidates(columns.candidates, weights.length);
      const shown = this.parts.tensors.candidates(shownRows(columns), weights.length);
      const action = actor.act(observed);
      const preferences = spreadScores(actionScores(action, scores, vectors), there);
      return {
        values: critics[0].values(observed, shown.scores),
        shares: tf.softmax(tf.div<tf.Tensor2D>(preferences, this.parts.temperature)),
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
      const { scores, vectors } = this.parts.tensors.candidates(rows, rows.length);
      return {
        ...this.parts.online.actor.act(this.parts.tensors.observe(histories, this.historySize)),
        scores,
        vectors,
      };
    });
    return partsOfScores(explained, this.blockNames);
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
   * Goes on where {@link GatedLearner.state} stood, bit for bit.
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
    for (const optimizer of [this.parts.actorOptimizer, this.parts.criticOptimizer]) optimizer.dispose();
    this.fused?.free();
    this.exploring?.free();
    for (const networks of [this.parts.online, this.parts.averaged]) networks.dispose();
    this.parts.tensors.dispose();
  }

  private scoresBy({ actor }: GatedNetworks, histories: MomentHistories, rows: Int32Array): Float32Array {
    this.lifetime.assertOpen('scores');
    const batch = histories.user.length;
    return tidyValues(() => {
      const observed = this.parts.tensors.observe(histories, this.historySize);
      const { scores, vectors, there } = this.parts.tensors.candidates(rows, batch);
      return spreadScores(actionScores(actor.act(observed), scores, vectors), there);
    });
  }

  /** The update by hand for batches of this size, where it can be had. */
  private fusedUpdate(batchSize: number): FusedUpdate | undefined {
    const fast = activeKernels();
    if (!this.isFusible || !fast) return undefined;
    const make = () => new FusedUpdate(fast, this.parts, batchSize);
    return (this.fused = keptByHand(this.fused, fast, batchSize, make));
  }

  /** What scores candidates by hand for so many moments, where it can be had. */
  private fusedExploring(count: number): FusedExploring | undefined {
    const fast = activeKernels();
    if (!this.isFusible || !fast) return undefined;
    if (this.exploring === undefined || this.exploring.capacity < count || this.exploring.fast !== fast) {
      this.exploring?.free();
      this.exploring = new FusedExploring(fast, this.parts, count);
    }
    return this.exploring;
  }

  private actingVariables(): tf.Variable[] {
    const { variables, constants } = this.parts.online.actor;
    return [...variables, ...constants];
  }

  private learnedVariables(): tf.Variable[] {
    return [this.parts.online, this.parts.averaged].flatMap(({ variables, constants }) => [
      ...variables,
      ...constants,
    ]);
  }
}
