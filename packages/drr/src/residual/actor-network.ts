import { restoreVariables, savedVariables } from '@rl-recsys/agent';
import type { Random } from '@rl-recsys/random';
import { denseStack } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import {
  createDenseLayers,
  createZeroLayer,
  variablesOfLayers,
  type TrainableLayer,
} from './dense-layers.js';
import { dropout } from './dropout.js';
import { learnedItems, type NetworkParts } from './network-parts.js';
import { vectorsOf, type Observed } from './observed.js';
import { plainLayers } from '../plain-layers.js';
import type { SavedActorNetwork } from './policy.js';
import { Standardizer } from './standardizer.js';

export interface ActorNetworkOptions extends NetworkParts {
  /** `[blocks]`: what each block of the user's vector is multiplied by at first. */
  readonly gates: readonly number[];
  /** How far a gate may move either way. */
  readonly gateRange: number;
  /** How far an action may leave the gated vector, in usual sizes of the user's dimensions. */
  readonly residualRange: number;
}

/** What an actor decides for each of a batch. A type, so that it can be tidied. */
export type ActorDecision = {
  /** `[batch, k]`: gate(s) ⊗ u + residual. */
  readonly action: tf.Tensor2D;
  /** `[batch, blocks]`: what each block of the user's vector is multiplied by. */
  readonly gates: tf.Tensor2D;
  /** `[batch, k]`: range · scale ⊗ tanh(h(s)). */
  readonly residual: tf.Tensor2D;
};

/**
 * An actor that corrects the user's own vector: a = gate(s) ⊗ u + range · scale ⊗ tanh(h(s)),
 * with one gate a block and the usual sizes of the user's dimensions as scale.
 *
 * Its last layer begins at 0: the untrained action is the user's vector with each block multiplied by its
 * first gate, and ranks as those blocks do.
 */
export class ActorNetwork {
  /** What learns. */
  readonly variables: readonly tf.Variable[];
  readonly standardizer: Standardizer;
  readonly layers: readonly TrainableLayer[];
  private readonly firstGates: tf.Tensor1D;

  constructor(readonly options: ActorNetworkOptions) {
    const { features, items, membership, gates, hiddenSize, random } = options;
    const [blocks, k] = membership.shape;
    this.standardizer = new Standardizer(features.size);
    this.layers = [
      ...createDenseLayers([features.size, hiddenSize, hiddenSize], 'relu', random),
      createZeroLayer(hiddenSize, k + blocks, 'tanh'),
    ];
    this.firstGates = tf.tensor1d([...gates]);
    this.variables = [...features.variables, ...variablesOfLayers(this.layers), ...learnedItems(items)];
  }

  /** What is fitted once and then stays, and what the state module has that does not learn. */
  get constants(): readonly tf.Variable[] {
    return [...this.standardizer.variables, ...this.ofModule];
  }

  /** What the state module has that does not learn. */
  get ofModule(): readonly tf.Variable[] {
    return this.options.features.constants;
  }

  /** The vectors `[items, k]` that its actions rank. */
  get items(): tf.Tensor2D {
    return this.options.items;
  }

  /** All that acting reads, as plain values. */
  saved(): SavedActorNetwork {
    const { features, gateRange, residualRange } = this.options;
    const [mean, deviation] = savedVariables(this.standardizer.variables) as [Float32Array, Float32Array];
    return {
      ...features.saved(),
      ...{ mean, deviation, gateRange, residualRange },
      layers: plainLayers(this.layers),
      gates: [...this.options.gates],
    };
  }

  /**
   * Goes on from what {@link ActorNetwork.saved} gave.
   *
   * @throws RangeError where it is of other shapes; nothing has changed then.
   */
  take({ stateLayer, rewardWeights, mean, deviation, layers }: SavedActorNetwork): void {
    const learned = this.options.features.variables.length - (rewardWeights ? 1 : 0);
    const weights = [
      ...stateLayer.weights.slice(0, learned),
      ...(rewardWeights ? [rewardWeights] : []),
      ...layers.flatMap(({ kernel, bias }) => [kernel, bias]),
    ];
    restoreVariables(
      [...this.variables, ...this.constants],
      [...weights, mean, deviation, ...stateLayer.weights.slice(learned)],
      'policy',
    );
  }

  /** Brings the inputs to one scale, by what was observed. */
  fit(observed: Observed): void {
    tf.tidy(() => this.standardizer.fit(this.encode(observed)));
  }

  /**
   * π(s) `[batch, k]`; the caller disposes it.
   *
   * @param masks - draws the dropout's masks; without it nothing is dropped.
   */
  act(observed: Observed, masks?: Random): tf.Tensor2D {
    return tf.tidy(() => this.decide(observed, masks).action);
  }

  /** π(s) with what it is made of; the caller disposes all three. */
  decide(observed: Observed, masks?: Random): ActorDecision {
    return tf.tidy(() => {
      const { membership, userScale, gateRange, residualRange, dropout: rate } = this.options;
      const state = this.standardizer.apply(this.encode(observed, masks));
      const heads = denseStack(masks ? dropout(state, rate, masks) : state, this.layers);
      const [ofDimensions, ofBlocks] = tf.split(heads, [userScale.size, -1], 1) as [tf.Tensor2D, tf.Tensor2D];
      const residual: tf.Tensor2D = tf.mul(ofDimensions, tf.mul(userScale, residualRange));
      const gates: tf.Tensor2D = tf.add(tf.mul(ofBlocks, gateRange), this.firstGates);
      const action: tf.Tensor2D = tf.add(tf.mul(observed.user, tf.matMul(gates, membership)), residual);
      return { action, gates, residual };
    });
  }

  dispose(): void {
    this.options.features.dispose();
    const own = [...variablesOfLayers(this.layers), ...this.standardizer.variables];
    tf.dispose([...own, ...learnedItems(this.items)]);
    this.firstGates.dispose();
  }

  private encode(observed: Observed, masks?: Random): tf.Tensor2D {
    const { features, items } = this.options;
    return features.encode(observed, vectorsOf(items, observed.history, observed.user.shape[0]), masks);
  }
}
