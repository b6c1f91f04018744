import type { SavedSasrecBlock } from '@rl-recsys/embeddings';
import type { Random } from '@rl-recsys/random';
import * as tf from '@tensorflow/tfjs-core';
import type { Drop } from './dropping.js';
import { layerNorm } from './layer-norm.js';
import { causalAttention, type AttentionShape } from './self-attention.js';
import { constant, uniform } from './variables.js';

/** What a block learns. */
export type SasrecBlock = Readonly<Record<keyof SavedSasrecBlock, tf.Variable>>;

/** How many times d its hidden layer has units; our choice. */
const HIDDEN = 2;

/** A block as it begins: all matrices uniform in ±1/√rows. */
export function firstBlock(size: number, random: Random): SasrecBlock {
  const kernel = (name: string, rows: number, columns: number) =>
    uniform(random.fork(name), rows, columns, 1 / Math.sqrt(rows));
  return {
    attentionScale: constant(size, 1),
    attentionOffset: constant(size, 0),
    attentionKernel: kernel('attention', size, 3 * size),
    attendedKernel: kernel('attended', size, size),
    hiddenScale: constant(size, 1),
    hiddenOffset: constant(size, 0),
    hiddenKernel: kernel('hidden', size, HIDDEN * size),
    hiddenBias: constant(HIDDEN * size, 0),
    outputKernel: kernel('output', HIDDEN * size, size),
    outputBias: constant(size, 0),
  };
}

/** x + drop(attention(LN x) W_O) = y, then y + drop(relu(LN(y) W₁ + b₁) W₂ + b₂): float32 `[length · size, d]`, like x. */
export function throughBlock(
  x: tf.Tensor2D,
  block: SasrecBlock,
  shape: AttentionShape,
  drop: Drop,
): tf.Tensor2D {
  const z = layerNorm(x, block.attentionScale, block.attentionOffset);
  const attended = causalAttention(tf.matMul(z, block.attentionKernel), shape);
  const y = tf.add<tf.Tensor2D>(x, drop(tf.matMul(attended, block.attendedKernel)));
  const hidden = tf.fused.matMul({
    ...{ a: layerNorm(y, block.hiddenScale, block.hiddenOffset), b: block.hiddenKernel },
    ...{ bias: block.hiddenBias, activation: 'relu' },
  }) as tf.Tensor2D;
  const { outputKernel, outputBias: bias } = block;
  return tf.add(y, drop(tf.fused.matMul({ a: hidden, b: outputKernel, bias })));
}
