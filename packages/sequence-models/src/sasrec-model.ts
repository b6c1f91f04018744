import type { Random } from '@rl-recsys/random';
import { gatherRows } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { Drop } from './dropping.js';
import { layerNorm } from './layer-norm.js';
import { firstBlock, throughBlock, type SasrecBlock } from './sasrec-block.js';
import type { SequenceModel } from './sequence-model.js';
import type { SequenceBatch } from './sequence-windows.js';
import { constant, uniform, variable } from './variables.js';

/** How large the parts of a {@link SasrecModel} are. */
export interface SasrecSizes {
  readonly itemCount: number;
  /** d, of an item's vector. */
  readonly size: number;
  /** The most steps that are read. */
  readonly window: number;
  readonly blocks: number;
  /** A divisor of d. */
  readonly heads: number;
}

/** About how far the numbers of positions are from 0 at first. */
const SPREAD = 0.1;

/** The variables of SASRec, with vectors of items that are read and scored alike. */
export class SasrecModel implements SequenceModel {
  /** What vectors are multiplied by before they are read, so that opinions and positions do not drown them: d^¼. */
  readonly inputScale: number;
  readonly variables: Readonly<Record<VariableName, tf.Variable>>;
  readonly blocks: readonly SasrecBlock[];

  /** @param items - where the items' vectors begin: float32 `[items, d]`. */
  constructor(
    private readonly sizes: SasrecSizes,
    items: Float32Array,
    random: Random,
  ) {
    const { itemCount, size, window, blocks } = sizes;
    this.inputScale = size ** 0.25;
    this.variables = {
      items: variable(items, [itemCount, size]),
      itemBias: constant(itemCount, 0),
      opinions: variable(new Float32Array(2 * size), [2, size]),
      positions: uniform(random.fork('positions'), window, size, SPREAD),
      scale: constant(size, 1),
      offset: constant(size, 0),
    };
    this.blocks = Array.from({ length: blocks }, (_, place) =>
      firstBlock(size, random.fork(`block ${place}`)),
    );
  }

  get items(): tf.Variable {
    return this.variables.items;
  }

  get itemBias(): tf.Variable {
    return this.variables.itemBias;
  }

  get learned(): tf.Variable[] {
    return [this.variables, ...this.blocks].flatMap((each) => Object.values<tf.Variable>(each));
  }

  heads(batch: SequenceBatch, drop: Drop): tf.Tensor2D {
    const { items, opinions, positions, scale, offset } = this.variables;
    const { length, size } = batch;
    const places = Int32Array.from({ length: length * size }, (_, row) => Math.floor(row / size));
    const rowsOf = (table: tf.Tensor, rows: Int32Array) =>
      gatherRows(table, tf.tensor1d(rows, 'int32')) as tf.Tensor2D;
    const vectors = tf.mul(rowsOf(items, batch.items), this.inputScale);
    const known = tf.add(vectors, rowsOf(opinions, batch.liked));
    let x = drop(tf.add<tf.Tensor2D>(known, rowsOf(positions, places)));
    for (const block of this.blocks) {
      x = throughBlock(x, block, { length, size, heads: this.sizes.heads }, drop);
    }
    return layerNorm(rowsOf(x, batch.rows), scale, offset);
  }
}

type VariableName = 'items' | 'itemBias' | 'opinions' | 'positions' | 'scale' | 'offset';
