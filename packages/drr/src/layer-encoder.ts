import { tidyValues } from '@rl-recsys/agent/tidy-values';
import { createStateModule } from '@rl-recsys/state'; // registers the state layers, which saved ones name
import type { layers } from '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { copyVectors } from './tables.js';
import type { SavedStateLayer, StateEncoder } from './state-encoder.js';

/** What {@link layerEncoder} needs beside the layer. */
export interface LayerEncoderSizes {
  /** k */
  readonly embeddingSize: number;
  /** n */
  readonly historySize: number;
}

/** What of a layer is saved; a model's only layer that has inputs. */
export function saveStateLayer(stateModule: ReturnType<typeof createStateModule>): SavedStateLayer {
  const { sourceLayer } = stateModule.outputs[0]!;
  return {
    className: sourceLayer.getClassName(),
    // Without its name, in which TensorFlow.js counts the layers that this process has made.
    config: JSON.stringify({ ...sourceLayer.getConfig(), name: undefined }),
    weights: sourceLayer.getWeights().map((weight) => weight.dataSync<'float32'>().slice()),
  };
}

/**
 * The encoder of a saved state layer, run by TensorFlow.js on the backend that is set.
 *
 * It keeps its weights for as long as the page or process lives.
 *
 * @throws Error where the layer's class is not registered: import what defines it first.
 */
export function layerEncoder(
  saved: SavedStateLayer,
  { embeddingSize, historySize }: LayerEncoderSizes,
): StateEncoder {
  const { weights } = saved;
  const layer = layerOf(saved);
  const stateModule = createStateModule(layer, { embeddingSize, historySize });
  tf.tidy(() =>
    layer.setWeights(layer.getWeights().map(({ shape }, index) => tf.tensor(weights[index]!, shape))),
  );
  const [n, k] = [historySize, embeddingSize];
  return {
    size: stateModule.outputs[0]!.shape[1]!,
    encode(users, history, items) {
      const batch = users.length / k;
      const [vectors, mask] = [new Float32Array(batch * n * k), new Float32Array(batch * n)];
      copyVectors(items, history, vectors, mask);
      return tidyValues(() => {
        const inputs = [tf.tensor2d(users, [batch, k]), tf.tensor3d(vectors, [batch, n, k])];
        return stateModule.apply([...inputs, tf.tensor2d(mask, [batch, n])]) as tf.Tensor;
      });
    },
  };
}

/**
 * A new layer of the class and with the options of a saved one, and not with its weights.
 *
 * @throws Error where the layer's class is not registered: import what defines it first.
 */
export function layerOf({ className, config }: Omit<SavedStateLayer, 'weights'>): layers.Layer {
  const registered = tf.serialization.SerializationMap.getMap().classNameMap[className];
  if (!registered) {
    throw new Error(
      `stateLayer: expected a registered layer, got ${className}; import what defines it first`,
    );
  }
  const [constructor, fromConfig] = registered;
  return fromConfig(constructor, JSON.parse(config) as tf.serialization.ConfigDict) as layers.Layer;
}
