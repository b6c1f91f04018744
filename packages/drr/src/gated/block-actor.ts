import type { Random } from '@rl-recsys/random';
import { denseStack } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { plainLayers } from '../plain-layers.js';
import {
  createDenseLayers,
  createZeroLayer,
  variablesOfLayers,
  type TrainableLayer,
} from '../residual/dense-layers.js';
import type { BlockWeights } from './block-weights.js';
import { CANDIDATE_KINDS } from './candidate-kind.js';
import type { GatedLearnerOptions } from './options.js';
import type { SavedBlockActor } from './policy.js';
import { GatedState, type GatedObserved } from './state.js';

/** What an actor decides for each of a batch: together the vector that ranks items. A type, so that it can be tidied. */
export type BlockAction = {
  /** `[batch, blocks]`: what each block counts. */
  readonly gates: tf.Tensor2D;
  /** `[batch, k]`: what each dimension of an item's standardized vector counts beside them. */
  readonly residual: tf.Tensor2D;
};

/**
 * An actor that weighs blocks of scores for each user and state: w = w₀(kind) + range · tanh(g(s)), and adds a residual of
 * its own, range · tanh(h(s)) over the dimensions of items' vectors.
 *
 * Its last layer begins at 0: untrained it ranks as the static mix of that kind of candidates.
 */
export class BlockActor {
  /** What learns. */
  readonly variables: readonly tf.Variable[];
  readonly state: GatedState;
  readonly layers: readonly TrainableLayer[];
  /** w₀: what gates begin at, for each kind of candidates. */
  readonly firstGates: readonly BlockWeights[];
  readonly ranges: { readonly gate: number; readonly residual: number };
  /** How many dimensions items have. */
  readonly k: number;
  private readonly mixes: tf.Tensor2D;

  constructor(options: GatedLearnerOptions, items: tf.Tensor2D, random: Random) {
    const { mixes, pools, hiddenSize = 32, gateRange = 1, residualRange = 0.2 } = options;
    this.state = new GatedState(options, items, random.fork('state'));
    this.layers = [
      ...createDenseLayers([this.state.size, hiddenSize], 'relu', random),
      createZeroLayer(hiddenSize, CANDIDATE_KINDS.length * (pools.blockCount + options.items.size), 'tanh'),
    ];
    this.firstGates = CANDIDATE_KINDS.map((kind) => mixes[kind]);
    this.k = options.items.size;
    this.mixes = tf.tensor2d(this.firstGates.map((weights) => [...weights]));
    this.ranges = { gate: gateRange, residual: residualRange / Math.sqrt(options.items.size) };
    this.variables = [...this.state.variables, ...variablesOfLayers(this.layers)];
  }

  /** What is fitted once and then stays, and what the state module has that does not learn. */
  get constants(): readonly tf.Variable[] {
    return this.state.constants;
  }

  /** What the state module has that does not learn. */
  get ofModule(): readonly tf.Variable[] {
    return this.state.ofModule;
  }

  get blockCount(): number {
    return this.mixes.shape[1];
  }

  fit(observed: GatedObserved): void {
    this.state.fit(observed);
  }

  /**
   * π(s); the caller disposes it.
   *
   * @param masks - draws the dropout's masks; without it nothing is dropped.
   */
  act(observed: GatedObserved, masks?: Random): BlockAction {
    return tf.tidy(() => {
      const [kinds, blocks] = this.mixes.shape;
      const batch = observed.kind.shape[0];
      // Each kind of candidates has a head of its own.
      const all = tf.reshape(denseStack(this.state.of(observed, masks), this.layers), [batch, kinds, -1]);
      const heads = tf.sum<tf.Tensor2D>(tf.mul(all, tf.expandDims(observed.kind, 2)), 1);
      const [gates, residual] = tf.split(heads, [blocks, heads.shape[1] - blocks], 1) as [
        tf.Tensor2D,
        tf.Tensor2D,
      ];
      return {
        gates: tf.add<tf.Tensor2D>(tf.mul(gates, this.ranges.gate), tf.matMul(observed.kind, this.mixes)),
        residual: tf.mul<tf.Tensor2D>(residual, this.ranges.residual),
      };
    });
  }

  /** All that acting reads, as plain values. */
  saved(): SavedBlockActor {
    return {
      ...this.state.saved(),
      layers: plainLayers(this.layers),
      gateRange: this.ranges.gate,
      residualRange: this.ranges.residual,
    };
  }

  dispose(): void {
    this.state.dispose();
    tf.dispose(variablesOfLayers(this.layers));
    this.mixes.dispose();
  }
}

/**
 * What actions give candidates: Σ_b w_b z_b(x) + h · x, `[batch, candidates]`; the caller disposes it.
 *
 * @param scores - z `[batch, candidates, blocks]`, standardized.
 * @param vectors - x `[batch, candidates, k]`, standardized.
 */
export function actionScores(
  { gates, residual }: BlockAction,
  scores: tf.Tensor3D,
  vectors: tf.Tensor3D,
): tf.Tensor2D {
  return tf.tidy(() => {
    const times = (matrix: tf.Tensor3D, weights: tf.Tensor2D): tf.Tensor2D =>
      tf.squeeze(tf.matMul(matrix, tf.expandDims<tf.Tensor3D>(weights, 2)), [2]);
    return tf.add(times(scores, gates), times(vectors, residual));
  });
}
