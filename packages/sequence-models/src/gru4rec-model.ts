import type { Random } from '@rl-recsys/random';
import { gatherRows, gruStates } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { Drop } from './dropping.js';
import { layerNorm } from './layer-norm.js';
import type { SequenceModel } from './sequence-model.js';
import type { SequenceBatch } from './sequence-windows.js';
import { constant, uniform, variable } from './variables.js';

/** How large the parts of a {@link Gru4RecModel} are. */
export interface Gru4RecSizes {
  readonly itemCount: number;
  /** d, of an item's vector. */
  readonly size: number;
  readonly units: number;
}

/**
 * The variables of GRU4Rec with one layer, vectors of items that are read and scored alike, and a layer normalization
 * before they are scored.
 */
export class Gru4RecModel implements SequenceModel {
  /** What vectors are multiplied by before they are read, so that small ones move the gates: d^¼. */
  readonly inputScale: number;
  readonly variables: Readonly<Record<VariableName, tf.Variable>>;

  /** @param items - where the items' vectors begin: float32 `[items, d]`. */
  constructor(
    private readonly sizes: Gru4RecSizes,
    items: Float32Array,
    random: Random,
  ) {
    const { itemCount, size, units } = sizes;
    this.inputScale = size ** 0.25;
    const range = 1 / Math.sqrt(units);
    this.variables = {
      items: variable(items, [itemCount, size]),
      itemBias: constant(itemCount, 0),
      opinions: variable(new Float32Array(2 * size), [2, size]),
      kernel: uniform(random.fork('kernel'), size, 3 * units, range),
      recurrentKernel: uniform(random.fork('recurrent kernel'), units, 3 * units, range),
      bias: constant(3 * units, 0),
      outputKernel: uniform(random.fork('output kernel'), units, size, range),
      outputBias: constant(size, 0),
      scale: constant(size, 1),
      offset: constant(size, 0),
    };
  }

  get items(): tf.Variable {
    return this.variables.items;
  }

  get itemBias(): tf.Variable {
    return this.variables.itemBias;
  }

  get learned(): tf.Variable[] {
    return Object.values(this.variables);
  }

  heads(batch: SequenceBatch, drop: Drop): tf.Tensor2D {
    const { items, opinions, kernel, recurrentKernel, bias, outputKernel, outputBias, scale, offset } =
      this.variables;
    const { length, size } = batch;
    const vectors = gatherRows(items, tf.tensor1d(batch.items, 'int32'));
    const opinion = gatherRows(opinions, tf.tensor1d(batch.liked, 'int32'));
    const read = drop(tf.add<tf.Tensor2D>(tf.mul(vectors, this.inputScale), opinion));
    const projected = tf.fused.matMul({ a: read, b: kernel, bias });
    const { units } = this.sizes;
    const states = gruStates(
      tf.reshape(projected, [length, size, 3 * units]),
      recurrentKernel as tf.Tensor2D,
    );
    const asked = gatherRows(tf.reshape(states, [length * size, units]), tf.tensor1d(batch.rows, 'int32'));
    const heads = tf.fused.matMul({
      ...{ a: drop(asked), b: outputKernel, bias: outputBias },
    }) as tf.Tensor2D;
    return layerNorm(heads, scale, offset);
  }
}

type VariableName =
  | 'items'
  | 'itemBias'
  | 'opinions'
  | 'kernel'
  | 'recurrentKernel'
  | 'bias'
  | 'outputKernel'
  | 'outputBias'
  | 'scale'
  | 'offset';
