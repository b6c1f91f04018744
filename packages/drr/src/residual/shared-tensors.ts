import type { EmbeddingTable } from '@rl-recsys/embeddings';
import * as tf from '@tensorflow/tfjs-core';
import { blockMembership } from './blocks.js';
import type { ResidualLearnerOptions } from './options.js';
import { rootMeanSquare } from './standardizer.js';

/** Tensors that all networks of an agent read and none owns. */
export interface SharedTensors {
  /** `[users, k]` */
  readonly users: tf.Tensor2D;
  /** `[items, k]` */
  readonly items: tf.Tensor2D;
  /** `[blocks, k]` */
  readonly membership: tf.Tensor2D;
  /** `[k]`: the usual size of each dimension of a user's vector; saved, because other users may come later. */
  readonly userScale: tf.Variable<tf.Rank.R1>;
}

/** @returns tensors, which the caller disposes. */
export function shareTensors({
  users,
  items,
  blocks,
}: Pick<ResidualLearnerOptions, 'users' | 'items' | 'blocks'>): SharedTensors {
  const upload = ({ vectors, rows, size }: EmbeddingTable) => tf.tensor2d(vectors, [rows, size]);
  const userVectors = upload(users);
  return {
    users: userVectors,
    items: upload(items),
    membership: blockMembership(blocks, items.size),
    userScale: tf.tidy(() => tf.variable(rootMeanSquare(userVectors), false)),
  };
}
