import * as tf from '@tensorflow/tfjs-core';
import type { layers, LayersModel } from '@tensorflow/tfjs-layers';
import { createStateModule } from '../src/index.js';

/** One user's inputs, or several users'. */
export interface Inputs {
  readonly user: number[][];
  readonly items: number[][][];
  readonly mask: number[][];
}

/** A module around the layer that fits these inputs, with these weights in the layer's order. */
export function moduleFor(layer: layers.Layer, { items }: Inputs, weights?: tf.TensorLike[]): LayersModel {
  const [historySize, embeddingSize] = [items[0]!.length, items[0]![0]!.length];
  const module = createStateModule(layer, { embeddingSize, historySize });
  if (weights) module.setWeights(weights.map((values) => tf.tensor(values)));
  return module;
}

/** The states, one after the other. */
export function stateOf(module: LayersModel, { user, items, mask }: Inputs): number[] {
  return tf.tidy(() => {
    const inputs = [tf.tensor2d(user), tf.tensor3d(items), tf.tensor2d(mask)];
    return Array.from((module.predict(inputs) as tf.Tensor).dataSync());
  });
}
