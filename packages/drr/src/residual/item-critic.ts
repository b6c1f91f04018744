import type { Random } from '@rl-recsys/random';
import { denseStack, gatherRows, matMulProducts } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { createDenseLayers, variablesOfLayers, type TrainableLayer } from './dense-layers.js';
import { dropout } from './dropout.js';
import { learnedItems, type NetworkParts } from './network-parts.js';
import { vectorsOf, type Observed } from './observed.js';
import { rootMeanSquare, Standardizer } from './standardizer.js';
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
  readonly standardizer: Standardizer;
  readonly itemStandardizer: Standardizer;
  readonly historyScale: tf.Variable<tf.Rank.R1>;
  readonly historyWeights: tf.Variable<tf.Rank.R1>;
  readonly head: readonly TrainableLayer[];
  readonly tail: readonly TrainableLayer[];

  constructor(readonly options: NetworkParts) {
    const { features, items, membership, firstWeights, hiddenSize, random } = options;
    const [blocks, k] = membership.shape;
    this.standardizer = new Standardizer(features.size);
    this.itemStandardizer = new Standardizer(k);
    this.historyScale = tf.tidy(() => tf.variable(tf.ones<tf.Rank.R1>([k]), false));
    this.historyWeights = tf.tidy(() => tf.variable(tf.tensor1d(firstWeights)));
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

  /** What is fitted once and then stays, and what the state module has that does not learn. */
  get constants(): readonly tf.Variable[] {
    return [...this.fitted(), ...this.ofModule];
  }

  /** What the state module has that does not learn. */
  get ofModule(): readonly tf.Variable[] {
    return this.options.features.constants;
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
      this.standardizer.fit(features.encode(observed, history));
      this.itemStandardizer.fit(tf.gather(items, shown));
      this.historyScale.assign(rootMeanSquare(this.pool(observed, history)));
    });
  }

  /**
   * Q `[batch]`; the caller disposes it.
   *
   * @param shown - int32 `[batch]`, rows of the items' table: the item to value for each row.
   * @param masks - draws the dropout's masks; without it nothing is dropped.
   */
  value(observed: Observed, shown: tf.Tensor1D, masks?: Random): tf.Tensor1D {
    return tf.tidy(() => {
      const { items, membership, dropout: rate } = this.options;
      const drop = (x: tf.Tensor2D): tf.Tensor2D => (masks ? dropout(x, rate, masks) : x);
      const u = observed.user;
      const { hidden, g } = this.read(observed, drop, masks);
      const x = gatherRows(items, shown);
      const standardX = this.itemStandardizer.apply(x);
      const matches = this.scaled(u, g).map((vector) => drop(tf.mul(standardX, vector)));
      const sums = [u, g].map((vector): tf.Tensor2D =>
        tf.matMul<tf.Tensor2D>(tf.mul(x, vector), membership, false, true),
      );
      return tf.squeeze(denseStack(tf.concat([hidden, standardX, ...matches, ...sums], 1), this.tail), [1]);
    });
  }

  /**
   * {@link ItemCritic.value} of several items for each row, without dropout and without gradients. What is the
   * row's own is computed once: the first layer of its hidden units, the weights of an item and its products
   * with u and g, and the directions in which items add up to block sums.
   *
   * @param candidates - int32 `[batch · any]`, as many items for each row.
   * @returns `[batch, any]`
   */
  valuesOf(observed: Observed, candidates: tf.Tensor1D): tf.Tensor2D {
    return tf.tidy(() => {
      const { items, membership, hiddenSize } = this.options;
      const [blocks, k] = membership.shape;
      const u = observed.user;
      const batch = u.shape[0];
      const { hidden, g } = this.read(observed);
      const x = vectorsOf(items, candidates, batch);
      const standardX = this.itemStandardizer.apply(x);
      const members = tf.transpose(membership);
      const sums = [u, g].map((vector): tf.Tensor2D => {
        const directions: tf.Tensor3D = tf.mul(tf.expandDims(vector, 2), members);
        return tf.reshape(tf.matMul(x, directions), [-1, blocks]);
      });

      const [{ kernel, bias }, ...others] = this.tail as [TrainableLayer, ...TrainableLayer[]];
      const [ofHidden, ofProducts, ofSums] = tf.split(kernel, [hiddenSize, 3 * k, 2 * blocks], 0) as [
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor2D,
      ];
      const ofRow = tf.expandDims(tf.add(tf.matMul(hidden, ofHidden), bias), 1);
      const ofItems = matMulProducts(standardX, tf.concat(this.scaled(u, g), 1), ofProducts);
      const ofBlocks = tf.reshape(tf.matMul(tf.concat(sums, 1), ofSums), ofItems.shape);
      const first = tf.relu(tf.add(tf.add(ofItems, ofBlocks), ofRow));
      return tf.reshape(denseStack(tf.reshape(first, [-1, hiddenSize]), others), [batch, -1]);
    });
  }

  dispose(): void {
    const { features, items } = this.options;
    features.dispose();
    tf.dispose([this.historyWeights, ...variablesOfLayers([...this.head, ...this.tail])]);
    tf.dispose([...this.fitted(), ...learnedItems(items)]);
  }

  private fitted(): tf.Variable[] {
    const { standardizer, itemStandardizer, historyScale } = this;
    return [...standardizer.variables, ...itemStandardizer.variables, historyScale] as tf.Variable[];
  }

  /** What the rows' own layers make of the state, and g. */
  private read(
    observed: Observed,
    drop = (x: tf.Tensor2D) => x,
    masks?: Random,
  ): { hidden: tf.Tensor2D; g: tf.Tensor2D } {
    const history = this.historyOf(observed);
    const state = this.standardizer.apply(this.options.features.encode(observed, history, masks));
    return { hidden: denseStack(drop(state), this.head), g: this.pool(observed, history) };
  }

  /** u and g, brought to one scale. */
  private scaled(u: tf.Tensor2D, g: tf.Tensor2D): tf.Tensor2D[] {
    return [tf.div(u, this.options.userScale), tf.div(g, this.historyScale)];
  }

  private historyOf({ history, user }: Observed): tf.Tensor3D {
    return vectorsOf(this.options.items, history, user.shape[0]);
  }

  private pool({ mask }: Observed, history: tf.Tensor3D): tf.Tensor2D {
    return weightedSum(history, tf.mul(mask, this.historyWeights));
  }
}
