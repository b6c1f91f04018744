import type { Random } from '@rl-recsys/random';
import { denseStack } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { createDenseLayers, variablesOfLayers, type TrainableLayer } from './dense-layers.js';
import { dropout } from './dropout.js';
import { learnedItems, type NetworkParts } from './network-parts.js';
import { vectorsOf, type Observed } from './observed.js';
import { rootMeanSquare, Standardiser } from './standardiser.js';
import { weightedSum } from './weighted-sum.js';

/**
 * The value Q(s, x) of showing an item with vector x, not of the action that chose it: what was observed is
 * what that item earned.
 *
 * It sees the state, x, the products u ⊗ x and g ⊗ x, and their sums over each block, where g = Σ w_a i_a is
 * the history with weights of its own.
 */
export class ItemCritic {
  /** What learns. */
  readonly variables: readonly tf.Variable[];
  private readonly standardiser: Standardiser;
  private readonly itemStandardiser: Standardiser;
  private readonly historyScale: tf.Variable<tf.Rank.R1>;
  private readonly historyWeights: tf.Variable<tf.Rank.R1>;
  private readonly head: readonly TrainableLayer[];
  private readonly tail: readonly TrainableLayer[];

  constructor(private readonly options: NetworkParts) {
    const { features, items, membership, historySize, hiddenSize, random } = options;
    const [blocks, k] = membership.shape;
    this.standardiser = new Standardiser(features.size);
    this.itemStandardiser = new Standardiser(k);
    this.historyScale = tf.tidy(() => tf.variable(tf.ones<tf.Rank.R1>([k]), false));
    this.historyWeights = tf.tidy(() => tf.variable(tf.fill([historySize], 1 / historySize)));
    this.head = createDenseLayers([features.size, hiddenSize], 'relu', random);
    const inputs = hiddenSize + 3 * k + 2 * blocks;
    this.tail = createDenseLayers([inputs, hiddenSize, hiddenSize, 1], 'linear', random);
    this.variables = [
      ...features.variables,
      this.historyWeights,
      ...variablesOfLayers([...this.head, ...this.tail]),
      ...learnedItems(items),
    ];
  }

  /** What is fitted once and then stays. */
  get constants(): readonly tf.Variable[] {
    const { standardiser, itemStandardiser, historyScale } = this;
    return [...standardiser.variables, ...itemStandardiser.variables, historyScale];
  }

  /**
   * Brings the inputs to one scale, by what was observed and the items that were shown then.
   *
   * @param shown - int32 `[any]`, rows of the items' table.
   */
  fit(observed: Observed, shown: tf.Tensor1D): void {
    tf.tidy(() => {
      const { features, items } = this.options;
      const history = this.historyOf(observed);
      this.standardiser.fit(features.encode(observed, history));
      this.itemStandardiser.fit(tf.gather(items, shown));
      this.historyScale.assign(rootMeanSquare(this.pool(observed, history)));
    });
  }

  /**
   * Q `[batch, any]`; the caller disposes it.
   *
   * @param candidates - int32 `[batch · any]`, rows of the items' table: as many items to value for each row.
   * @param masks - draws the dropout's masks; without it nothing is dropped.
   */
  value(observed: Observed, candidates: tf.Tensor1D, masks?: Random): tf.Tensor2D {
    return tf.tidy(() => {
      const { features, items, membership, userScale, dropout: rate } = this.options;
      const batch = observed.user.shape[0];
      const count = candidates.size / batch;
      const drop = (x: tf.Tensor2D): tf.Tensor2D => (masks ? dropout(x, rate, masks) : x);

      const history = this.historyOf(observed);
      const state = this.standardiser.apply(features.encode(observed, history));
      const hidden = denseStack(drop(state), this.head);
      const u = observed.user;
      const g = this.pool(observed, history);

      const x = tf.gather(items, candidates);
      const standardX = this.itemStandardiser.apply(x);
      const matches = [tf.div<tf.Tensor2D>(u, userScale), tf.div<tf.Tensor2D>(g, this.historyScale)].map(
        (vector) => drop(productsWith(vector, standardX)),
      );
      const sums = [u, g].map((vector): tf.Tensor2D =>
        tf.matMul(productsWith(vector, x), membership, false, true),
      );
      const inputs = [repeatRows(hidden, count), standardX, ...matches, ...sums];
      return tf.reshape(denseStack(tf.concat(inputs, 1), this.tail), [batch, count]);
    });
  }

  dispose(): void {
    const { features, items } = this.options;
    features.dispose();
    tf.dispose([this.historyWeights, ...variablesOfLayers([...this.head, ...this.tail])]);
    tf.dispose([...this.constants, ...learnedItems(items)]);
  }

  private historyOf({ history, user }: Observed): tf.Tensor3D {
    return vectorsOf(this.options.items, history, user.shape[0]);
  }

  private pool({ mask }: Observed, history: tf.Tensor3D): tf.Tensor2D {
    return weightedSum(history, tf.mul(mask, this.historyWeights));
  }
}

/** Each row's vector `[batch, k]`, multiplied element by element with each of its items' `[batch · any, k]`. */
function productsWith(vectors: tf.Tensor2D, items: tf.Tensor2D): tf.Tensor2D {
  const [batch, k] = vectors.shape;
  const byRow = tf.reshape<tf.Rank.R3>(items, [batch, -1, k]);
  return tf.reshape(tf.mul(byRow, tf.expandDims(vectors, 1)), items.shape);
}

/** `[batch, size]` → `[batch · times, size]`: each row so often, one after the other. */
function repeatRows(x: tf.Tensor2D, times: number): tf.Tensor2D {
  if (times === 1) return x;
  const rows = Int32Array.from({ length: x.shape[0] * times }, (_, row) => Math.floor(row / times));
  return tf.gather(x, tf.tensor1d(rows, 'int32')); // several times as fast as a tile
}
