import { input, layers, model, type LayersModel } from '@tensorflow/tfjs-layers';
import { assertPositiveIntegers } from './positive-integers.js';

export interface StateModuleSizes {
  /** k, the length of a user's and of an item's vector. */
  readonly embeddingSize: number;
  /** n, how many items the history holds. */
  readonly historySize: number;
}

/**
 * A model around a state layer: user `[batch, k]`, items `[batch, n, k]` and mask `[batch, n]` in, the
 * state out. As a model it can be saved, loaded and copied like any other; its `outputs[0].shape[1]` is
 * the length of a state.
 *
 * @param layer - a new one of this package's, or any layer that takes these inputs.
 * @throws RangeError where a size is not a positive integer.
 */
export function createStateModule(
  layer: layers.Layer,
  { embeddingSize, historySize }: StateModuleSizes,
): LayersModel {
  assertPositiveIntegers({ embeddingSize, historySize });
  const inputs = [
    input({ shape: [embeddingSize], name: 'user' }),
    input({ shape: [historySize, embeddingSize], name: 'items' }),
    input({ shape: [historySize], name: 'mask' }),
  ];
  const state = layer.apply(inputs) as ReturnType<typeof input>;
  return model({ inputs, outputs: state, name: 'state' });
}
