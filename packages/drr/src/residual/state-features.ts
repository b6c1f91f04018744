import type { Random } from '@rl-recsys/random';
import { DecayingSums, DrrAve, learningCall } from '@rl-recsys/state';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { saveStateLayer } from '../layer-encoder.js';
import { positionWeights } from '../whole-layer.js';
import type { SavedStateLayer } from '../state-encoder.js';
import type { Observed } from './observed.js';
import { weightedSum } from './weighted-sum.js';

/** A state that is made of sums over the history: `[u, u ⊗ g_1, …, g_1, …, fullness, Σ w_a r_a i_a]`, the last where it has weights. */
export interface SumFeatures {
  /** Of the sums g: a row of n for each. */
  readonly weights: tf.Variable;
  /** Whether each g is divided by how many items there are. */
  readonly areAveraged: boolean;
  readonly rewardWeights: tf.Variable | undefined;
}

/**
 * The state: what a state module makes of the user and their history, how full the history is and, where
 * asked for, Σ w_a r_a i_a, the items weighted by what they earned.
 */
export class StateFeatures {
  /** How long a state is. */
  readonly size: number;
  /** What learns. */
  readonly variables: readonly tf.Variable[];
  /** What the state module has beside: the weights of frozen layers, and what normalization has measured. */
  readonly constants: readonly tf.Variable[];
  private readonly rewardWeights: tf.Variable<tf.Rank.R1> | undefined;

  /** @param firstWeights - `[n]`: where w of what items earned begins; without it a state does not have that. */
  constructor(
    private readonly stateModule: LayersModel,
    firstWeights: Float32Array | undefined,
  ) {
    const [, , embeddingSize] = stateModule.inputs[1]!.shape as number[];
    this.size = stateModule.outputs[0]!.shape[1]! + 1 + (firstWeights ? embeddingSize! : 0);
    const weights = stateModule.trainableWeights.map((weight) => weight.read() as tf.Variable);
    if (firstWeights) {
      this.rewardWeights = tf.tidy(() => tf.variable(tf.tensor1d(firstWeights)));
      weights.push(this.rewardWeights);
    }
    this.variables = weights;
    this.constants = stateModule.nonTrainableWeights.map((weight) => weight.read() as tf.Variable);
  }

  /**
   * `[batch, size]`; the caller disposes it.
   *
   * @param history - the items' vectors `[batch, n, k]`.
   * @param masks - what dropout within the state module draws from; without it nothing is dropped.
   */
  encode({ user, mask, rewards }: Observed, history: tf.Tensor3D, masks?: Random): tf.Tensor2D {
    return tf.tidy(() => {
      const inputs = [user, history, mask];
      const state = this.stateModule.apply(inputs, masks && learningCall(masks)) as tf.Tensor2D;
      const fullness = tf.mean<tf.Tensor2D>(mask, 1, true);
      if (!this.rewardWeights) return tf.concat([state, fullness], 1);
      return tf.concat([state, fullness, weightedSum(history, tf.mul(rewards, this.rewardWeights))], 1);
    });
  }

  /** The state as sums, where its module makes such; undefined elsewhere. */
  sums(): SumFeatures | undefined {
    const rewardWeights = this.rewardWeights as tf.Variable | undefined;
    const averages = positionWeights(this.stateModule, DrrAve);
    if (averages) return { weights: averages, areAveraged: true, rewardWeights };
    const sums = positionWeights(this.stateModule, DecayingSums);
    return sums && { weights: sums, areAveraged: false, rewardWeights };
  }

  /** The state layer, and w of what items earned, as plain values. */
  saved(): { readonly stateLayer: SavedStateLayer; readonly rewardWeights: Float32Array | null } {
    const rewardWeights = this.rewardWeights?.dataSync<'float32'>().slice() ?? null;
    return { stateLayer: saveStateLayer(this.stateModule), rewardWeights };
  }

  dispose(): void {
    this.stateModule.dispose();
    this.rewardWeights?.dispose();
  }
}
