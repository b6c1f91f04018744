import { tidyValues } from '@rl-recsys/agent';
import { activeKernels, denseStack } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { denseForward, type PlainLayer } from './dense-forward.js';
import { layerEncoder } from './layer-encoder.js';
import { drrPolicy, type SavedDrrPolicy } from './paper/policy.js';
import type { RankingPolicy } from './ranking-policy.js';
import { mixedPolicy, type SavedMixedPolicy } from './residual/mixed-policy.js';
import { residualPolicy, type SavedResidualPolicy } from './residual/policy.js';
import { plainEncoder } from './state-encoder.js';
import type { EmbeddingTables } from './tables.js';

/**
 * A saved policy that ranks with fast kernels where they are active, several times as fast for batches: for tables over
 * many users. Its numbers are those of the plain one up to rounding.
 */
export function policyOnBackend(
  saved: SavedDrrPolicy | SavedResidualPolicy | SavedMixedPolicy,
  tables: EmbeddingTables,
): RankingPolicy {
  const sizes = { embeddingSize: tables.items.size, historySize: saved.historySize };
  const encoderOf = ({ stateLayer }: SavedDrrPolicy | SavedResidualPolicy) =>
    plainEncoder(stateLayer, sizes.embeddingSize) ?? layerEncoder(stateLayer, sizes);
  if (saved.kind === 'mixed') {
    return mixedPolicy(
      saved,
      tables,
      saved.parts.map(({ policy }) => encoderOf(policy)),
      forward,
    );
  }
  const encoder = encoderOf(saved);
  return saved.kind === 'paper'
    ? drrPolicy(saved, tables, encoder, forward)
    : residualPolicy(saved, tables, encoder, forward);
}

/** The layers are uploaded anew for each batch, so that nothing is left behind. */
function forward(inputs: Float32Array, batch: number, layers: readonly PlainLayer[]): Float32Array {
  if (batch === 0 || !activeKernels()) return denseForward(inputs, batch, layers);
  return tidyValues(() =>
    denseStack(
      tf.tensor2d(inputs, [batch, inputs.length / batch]),
      layers.map(({ kernel, bias, activation }) => ({
        kernel: tf.tensor2d(kernel, [kernel.length / bias.length, bias.length]),
        bias: tf.tensor1d(bias),
        activation,
      })),
    ),
  );
}
