import { input, layers, model, type LayersModel } from '@tensorflow/tfjs-layers';

export interface StateModuleSizes {
  /** k, the length of a user's and of an item's vector. */
  readonly embeddingSize: number;
  /** n, how many items the history holds. */
  readonly historySize: number;
}

/**
 * A model around a state layer: user `[batch, k]`, items `[batch, n, k]` and mask `[batch, n]` in, the
 * state out. As a model it can be saved, loaded and copied like any other.
 *
 * @param layer - a new `DrrAve`, or any layer that takes these inputs.
 * @throws RangeError where a size is not a positive integer.
 */
export function createStateModule(
  layer: layers.Layer,
  { embeddingSize, historySize }: StateModuleSizes,
): LayersModel {
  for (const [name, size] of Object.entries({ embeddingSize, historySize })) {
    if (!Number.isSafeInteger(size) || size < 1) {
      throw new RangeError(`${name}: expected a positive integer, got ${size}`);
    }
  }
  const inputs = [
    input({ shape: [embeddingSize], name: 'user' }),
    input({ shape: [historySize, embeddingSize], name: 'items' }),
    input({ shape: [historySize], name: 'mask' }),
  ];
  const state = layer.apply(inputs) as ReturnType<typeof input>;
  return model({ inputs, outputs: state, name: 'state' });
}
