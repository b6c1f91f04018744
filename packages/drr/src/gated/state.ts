import { seedFrom } from '@rl-recsys/agent';
import { HISTORY_SIZE } from '@rl-recsys/environment';
import type { Random } from '@rl-recsys/random';
import { createStateModule, decayingWeights, DrrAve } from '@rl-recsys/state';
import * as tf from '@tensorflow/tfjs-core';
import { dropout } from '../residual/dropout.js';
import { vectorsOf, type Observed } from '../residual/observed.js';
import { Standardizer } from '../residual/standardizer.js';
import { StateFeatures } from '../residual/state-features.js';
import { CANDIDATE_KINDS } from './candidate-kind.js';
import type { GatedLearnerOptions } from './options.js';
import type { SavedBlockActor } from './policy.js';

/** How much of what an item earned is remembered one item later; our choice. */
const DECAY = 0.7;

/** What networks see of a batch. */
export interface GatedObserved extends Observed {
  /** `[batch, summary]`, of `pastSummary`. */
  readonly summary: tf.Tensor2D;
  /** `[batch, kinds]`: 1 at the kind of what is offered. */
  readonly kind: tf.Tensor2D;
}

/**
 * The state of a network, brought to one scale: what the state module makes of the user's vector and their last likes, the likes
 * weighted by what they earned, a summary of the whole past, and the kind of candidates.
 */
export class GatedState {
  /** How long a state is. */
  readonly size: number;
  /** What learns. */
  readonly variables: readonly tf.Variable[];
  readonly features: StateFeatures;
  /** Of the features and the summary. */
  readonly standardizer: Standardizer;
  /** The share of what is standardized that is dropped in learning. */
  readonly rate: number;

  /**
   * @param items - `[items, k]`; stays its owner's.
   * @param random - draws the starting weights of the state module.
   */
  constructor(
    options: GatedLearnerOptions,
    private readonly items: tf.Tensor2D,
    random: Random,
  ) {
    const {
      historySize = HISTORY_SIZE,
      stateLayer = () => new DrrAve({}),
      dropout: rate = 0.3,
      pools,
    } = options;
    const sizes = { embeddingSize: options.items.size, historySize };
    const layer = stateLayer({ seed: seedFrom(random), ...sizes });
    this.features = new StateFeatures(createStateModule(layer, sizes), decayingWeights(historySize, DECAY));
    const measured = this.features.size + pools.summaries.length / (pools.offsets.length - 1);
    this.size = measured + CANDIDATE_KINDS.length;
    this.standardizer = new Standardizer(measured);
    this.variables = this.features.variables;
    this.rate = rate;
  }

  /** What is fitted once and then stays, and what the state module has that does not learn. */
  get constants(): readonly tf.Variable[] {
    return [...this.standardizer.variables, ...this.ofModule];
  }

  /** What the state module has that does not learn. */
  get ofModule(): readonly tf.Variable[] {
    return this.features.constants;
  }

  /** Brings the inputs to one scale, by what was observed. */
  fit(observed: GatedObserved): void {
    tf.tidy(() => this.standardizer.fit(this.encode(observed)));
  }

  /**
   * `[batch, size]`; the caller disposes it.
   *
   * @param masks - what dropout draws from; without it nothing is dropped.
   */
  of(observed: GatedObserved, masks?: Random): tf.Tensor2D {
    return tf.tidy(() => {
      const measured = this.standardizer.apply(this.encode(observed, masks));
      return tf.concat([masks ? dropout(measured, this.rate, masks) : measured, observed.kind], 1);
    });
  }

  /** The state module and what states are standardized by, as plain values. */
  saved(): Omit<SavedBlockActor, 'layers' | 'gateRange' | 'residualRange'> {
    const [mean, deviation] = this.standardizer.variables.map((each) => each.dataSync<'float32'>().slice());
    const { stateLayer, rewardWeights } = this.features.saved();
    return { stateLayer, rewardWeights, mean: mean!, deviation: deviation! };
  }

  dispose(): void {
    this.features.dispose();
    tf.dispose([...this.standardizer.variables]);
  }

  private encode(observed: GatedObserved, masks?: Random): tf.Tensor2D {
    const { user, history, summary } = observed;
    const liked = vectorsOf(this.items, history, user.shape[0]);
    return tf.concat([this.features.encode(observed, liked, masks), summary], 1);
  }
}
