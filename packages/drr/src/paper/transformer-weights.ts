import type { TransformerState } from '@rl-recsys/state';
import type { DenseLayer } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import type { AttentionKernels } from './fused-attention.js';
import type { LayerNormWeights } from './fused-layer-norm.js';

/** A transformer's variables by what they do. */
export interface TransformerWeights {
  /** p `[n, k]` */
  readonly positions: tf.Variable;
  readonly attention: AttentionKernels;
  readonly beforeAttention: LayerNormWeights;
  readonly beforeFeedForward: LayerNormWeights;
  /** W₁ with b₁ and ReLU, W₂ with b₂. */
  readonly feedForward: readonly [DenseLayer, DenseLayer];
}

/** The variables of a layer that was built, where they stand in its list. */
export function transformerWeights(layer: TransformerState): TransformerWeights {
  const variables = layer.weights.map((weight) => weight.read() as tf.Variable);
  const [positions, query, key, value] = variables as [tf.Variable, tf.Variable, tf.Variable, tf.Variable];
  const normAt = (place: number) => ({ scale: variables[place]!, offset: variables[place + 1]! });
  const denseAt = (place: number) => ({
    kernel: variables[place] as tf.Variable<tf.Rank.R2>,
    bias: variables[place + 1] as tf.Variable<tf.Rank.R1>,
  });
  return {
    positions,
    attention: { query, key, value },
    beforeAttention: normAt(4),
    feedForward: [
      { ...denseAt(6), activation: 'relu' },
      { ...denseAt(8), activation: 'linear' },
    ],
    beforeFeedForward: normAt(10),
  };
}
