import type { Random } from '@rl-recsys/random';
import { gatherRows, softmaxLoss } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { CandidateItems } from './candidate-items.js';
import { dropping } from './dropping.js';
import type { SequenceModel } from './sequence-model.js';
import type { SequenceBatch } from './sequence-windows.js';

/** What a batch is learned with. */
export interface LossOptions {
  /** The share of numbers that are dropped. */
  readonly dropout: number;
  /** What a next item counts that was not liked. */
  readonly disliked: number;
  readonly random: Random;
}

/** The mean cross-entropy of what came next, of a batch in training: a scalar that the caller disposes. */
export function nextItemLoss(
  model: SequenceModel,
  batch: SequenceBatch,
  candidates: CandidateItems,
  { dropout, disliked, random }: LossOptions,
): tf.Scalar {
  const { items, itemBias } = model;
  return tf.tidy(() => {
    const heads = model.heads(batch, dropping(dropout, random));
    const targets = tf.tensor1d(batch.targets, 'int32');
    const own = tf.add<tf.Tensor1D>(
      tf.sum(tf.mul(heads, gatherRows(items, targets)), 1),
      gatherRows(itemBias, targets),
    );
    const chosen = candidates.items && tf.tensor1d(candidates.items, 'int32');
    const [vectors, biases] = [items, itemBias].map((each) => (chosen ? gatherRows(each, chosen) : each));
    const others = tf.fused.matMul({
      ...{ a: heads, b: vectors as tf.Tensor2D, transposeB: true },
      bias: tf.add<tf.Tensor1D>(biases!, candidates.correction),
    }) as tf.Tensor2D;
    const counts = batch.targetLiked.map((liked) => (liked > 0 ? 1 : disliked));
    const total = counts.reduce((sum, count) => sum + count, 0);
    return softmaxLoss({
      ...{ own, others, hidden: tf.tensor1d(candidates.hidden, 'int32') },
      weights: tf.tensor1d(counts.map((count) => count / Math.max(total, Number.MIN_VALUE))),
    });
  });
}
