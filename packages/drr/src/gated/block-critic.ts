import type { Random } from '@rl-recsys/random';
import { denseStack } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { createDenseLayers, variablesOfLayers, type TrainableLayer } from '../residual/dense-layers.js';
import type { BlockWeights } from './block-weights.js';
import { CANDIDATE_KINDS } from './candidate-kind.js';
import type { GatedLearnerOptions } from './options.js';
import { GatedState, type GatedObserved } from './state.js';

/**
 * The value Q(s, x) of showing an item, of which it sees the state, what each block gives the item, and what the static mix does: what was observed is
 * what that item earned, so items are valued, and not the action that chose them.
 */
export class BlockCritic {
  /** What learns. */
  readonly variables: readonly tf.Variable[];
  readonly state: GatedState;
  readonly head: readonly TrainableLayer[];
  readonly tail: readonly TrainableLayer[];
  readonly hiddenSize: number;
  /** The static mix of each kind of candidates. */
  readonly mixes: readonly BlockWeights[];
  private readonly mixTensor: tf.Tensor2D;

  constructor(options: GatedLearnerOptions, items: tf.Tensor2D, random: Random) {
    const { pools, mixes, hiddenSize = 32 } = options;
    const kinds = CANDIDATE_KINDS.length;
    this.hiddenSize = hiddenSize;
    this.mixes = CANDIDATE_KINDS.map((kind) => mixes[kind]);
    this.mixTensor = tf.tensor2d(this.mixes.map((weights) => [...weights]));
    this.state = new GatedState(options, items, random.fork('state'));
    this.head = createDenseLayers([this.state.size, hiddenSize], 'relu', random);
    this.tail = createDenseLayers(
      [hiddenSize + kinds * (pools.blockCount + 1), 2 * hiddenSize, kinds],
      'linear',
      random,
    );
    this.variables = [...this.state.variables, ...variablesOfLayers([...this.head, ...this.tail])];
  }

  /** What is fitted once and then stays, and what the state module has that does not learn. */
  get constants(): readonly tf.Variable[] {
    return this.state.constants;
  }

  /** What the state module has that does not learn. */
  get ofModule(): readonly tf.Variable[] {
    return this.state.ofModule;
  }

  fit(observed: GatedObserved): void {
    this.state.fit(observed);
  }

  /**
   * Q `[batch, candidates]`; the caller disposes it. What is the row's own is computed once for all its candidates.
   *
   * @param scores - z `[batch, candidates, blocks]`
   * @param masks - draws the dropout's masks; without it nothing is dropped.
   */
  values(observed: GatedObserved, scores: tf.Tensor3D, masks?: Random): tf.Tensor2D {
    return tf.tidy(() => {
      const [batch, count] = scores.shape;
      const mix = tf.expandDims<tf.Tensor3D>(tf.matMul(observed.kind, this.mixTensor), 2);
      const seen: tf.Tensor3D = tf.concat([scores, tf.matMul(scores, mix)], 2);
      // Each kind of candidates has inputs and an output of its own: what they earn differs too much for one to learn from the other.
      const kinds = tf.unstack(observed.kind, 1).map((kind) => tf.reshape(kind, [batch, 1, 1]));
      const own: tf.Tensor3D = tf.concat(
        kinds.map((kind) => tf.mul<tf.Tensor3D>(seen, kind)),
        2,
      );
      const width = own.shape[2];
      const hidden = denseStack(this.state.of(observed, masks), this.head);
      const [{ kernel, bias }, ...others] = this.tail as [TrainableLayer, ...TrainableLayer[]];
      const [ofState, ofScores] = tf.split(kernel, [this.hiddenSize, width], 0) as [tf.Tensor2D, tf.Tensor2D];
      const ofRow = tf.expandDims(tf.add(tf.matMul(hidden, ofState), bias), 1);
      const ofItems = tf.matMul<tf.Tensor2D>(tf.reshape(own, [batch * count, width]), ofScores);
      const first = tf.relu(tf.add(tf.reshape(ofItems, [batch, count, -1]), ofRow));
      const rest = denseStack(tf.reshape<tf.Rank.R2>(first, [batch * count, 2 * this.hiddenSize]), others);
      return tf.sum(tf.mul(tf.reshape(rest, [batch, count, -1]), tf.expandDims(observed.kind, 1)), 2);
    });
  }

  dispose(): void {
    this.state.dispose();
    this.mixTensor.dispose();
    tf.dispose(variablesOfLayers([...this.head, ...this.tail]));
  }
}
