// TensorFlow.js's gradients are registered by its layers.
import '@tensorflow/tfjs-layers';
import type { Random } from '@rl-recsys/random';
import { dropout, gruStates, softmaxLoss } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { NORMALIZATION_EPSILON } from '@rl-recsys/embeddings';
import type { CandidateItems } from './candidate-items.js';
import type { SequenceBatch } from './sequence-windows.js';

/** How large the parts of a {@link Gru4RecModel} are. */
export interface Gru4RecSizes {
  readonly itemCount: number;
  /** d, of an item's vector. */
  readonly size: number;
  readonly units: number;
}

/** What a batch is learned with. */
export interface LossOptions {
  /** The share of numbers that are dropped. */
  readonly dropout: number;
  /** What a next item counts that was not liked. */
  readonly disliked: number;
  readonly random: Random;
}

/** About how far an item's numbers are from 0 at first. */
const SPREAD = 0.1;

/**
 * The variables of GRU4Rec with one layer, vectors of items that are read and scored alike, and a layer normalization
 * before they are scored.
 */
export class Gru4RecModel {
  /** What vectors are multiplied by before they are read, so that small ones move the gates: d^¼. */
  readonly inputScale: number;
  readonly variables: Readonly<Record<VariableName, tf.Variable>>;

  /** @param items - where the items' vectors begin, of any length: float32 `[items, d]`. */
  constructor(
    private readonly sizes: Gru4RecSizes,
    items: Float32Array,
    random: Random,
  ) {
    const { itemCount, size, units } = sizes;
    this.inputScale = size ** 0.25;
    const uniform = (name: string, rows: number, columns: number, range: number) => {
      const stream = random.fork(name);
      const values = Float32Array.from({ length: rows * columns }, () => range * (2 * stream.uniform() - 1));
      return variable(values, [rows, columns]);
    };
    const constant = (length: number, value: number) =>
      variable(new Float32Array(length).fill(value), [length]);
    const range = 1 / Math.sqrt(units);
    this.variables = {
      items: variable(spreadOut(items), [itemCount, size]),
      itemBias: constant(itemCount, 0),
      opinions: variable(new Float32Array(2 * size), [2, size]),
      kernel: uniform('kernel', size, 3 * units, range),
      recurrentKernel: uniform('recurrent kernel', units, 3 * units, range),
      bias: constant(3 * units, 0),
      outputKernel: uniform('output kernel', units, size, range),
      outputBias: constant(size, 0),
      scale: constant(size, 1),
      offset: constant(size, 0),
    };
  }

  /** The mean cross-entropy of what came next, of a batch in training. */
  loss(batch: SequenceBatch, candidates: CandidateItems, options: LossOptions): tf.Scalar {
    const { items, itemBias } = this.variables;
    return tf.tidy(() => {
      const heads = this.heads(batch, options);
      const targets = tf.tensor1d(batch.targets, 'int32');
      const own = tf.add<tf.Tensor1D>(
        tf.sum(tf.mul(heads, tf.gather(items, targets)), 1),
        tf.gather(itemBias, targets),
      );
      const chosen = candidates.items && tf.tensor1d(candidates.items, 'int32');
      const [vectors, biases] = [items, itemBias].map((each) => (chosen ? tf.gather(each, chosen) : each));
      const others = tf.fused.matMul({
        ...{ a: heads, b: vectors as tf.Tensor2D, transposeB: true },
        bias: tf.add<tf.Tensor1D>(biases!, candidates.correction),
      }) as tf.Tensor2D;
      const counts = batch.targetLiked.map((liked) => (liked > 0 ? 1 : options.disliked));
      const total = counts.reduce((sum, count) => sum + count, 0);
      return softmaxLoss({
        ...{ own, others, hidden: tf.tensor1d(candidates.hidden, 'int32') },
        weights: tf.tensor1d(counts.map((count) => count / Math.max(total, Number.MIN_VALUE))),
      });
    });
  }

  /** The vectors `[targets, d]` that the items are held against, after each step that has a next item. */
  private heads(batch: SequenceBatch, { dropout: rate, random }: LossOptions): tf.Tensor2D {
    const { items, opinions, kernel, recurrentKernel, bias, outputKernel, outputBias, scale, offset } =
      this.variables;
    const { length, size } = batch;
    const drop = <T extends tf.Tensor>(x: T) =>
      dropout(
        x,
        rate,
        Uint32Array.from({ length: 16 }, () => random.bits()),
      );
    const vectors = tf.gather(items, tf.tensor1d(batch.items, 'int32'));
    const opinion = tf.gather(opinions, tf.tensor1d(batch.liked, 'int32'));
    const read = drop(tf.add<tf.Tensor2D>(tf.mul(vectors, this.inputScale), opinion));
    const projected = tf.fused.matMul({ a: read, b: kernel, bias });
    const { units } = this.sizes;
    const states = gruStates(
      tf.reshape(projected, [length, size, 3 * units]),
      recurrentKernel as tf.Tensor2D,
    );
    const asked = tf.gather(tf.reshape(states, [length * size, units]), tf.tensor1d(batch.rows, 'int32'));
    const heads = tf.fused.matMul({
      ...{ a: drop(asked), b: outputKernel, bias: outputBias },
    }) as tf.Tensor2D;
    const centred = tf.sub(heads, tf.mean(heads, 1, true));
    const variance = tf.mean(tf.square(centred), 1, true);
    const normal = tf.mul(centred, tf.rsqrt(tf.add(variance, NORMALIZATION_EPSILON)));
    return tf.add(tf.mul(normal, scale), offset);
  }

  /** Copies of all numbers. */
  numbers(): Record<VariableName, Float32Array> {
    const copied = Object.entries(this.variables).map(([name, variable]) => [
      name,
      Float32Array.from(variable.dataSync()),
    ]);
    return Object.fromEntries(copied) as Record<VariableName, Float32Array>;
  }

  dispose(): void {
    for (const each of Object.values(this.variables)) each.dispose();
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

function variable(values: Float32Array, shape: number[]): tf.Variable {
  return tf.tidy(() => tf.variable(tf.tensor(values, shape)));
}

/** The same vectors, brought to a deviation of {@link SPREAD}. */
function spreadOut(items: Float32Array): Float32Array {
  const squares = items.reduce((sum, value) => sum + value ** 2, 0);
  const factor = squares > 0 ? SPREAD / Math.sqrt(squares / items.length) : 0;
  return items.map((value) => value * factor);
}
