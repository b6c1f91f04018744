import type { DecayingSums, DrrAve } from '@rl-recsys/state';
import type * as tf from '@tensorflow/tfjs-core';
import type { layers, LayersModel } from '@tensorflow/tfjs-layers';

/** The layer that a state module is, where it is one layer over its inputs and nothing else. */
export function wholeLayer(stateModule: LayersModel): layers.Layer | undefined {
  const { sourceLayer, inputs } = stateModule.outputs[0]!;
  return inputs.every((input, place) => input === stateModule.inputs[place]) ? sourceLayer : undefined;
}

/** The weights of a state module that is one layer of this class. */
export function positionWeights(
  stateModule: LayersModel,
  layerClass: typeof DecayingSums | typeof DrrAve,
): tf.Variable | undefined {
  const layer = wholeLayer(stateModule);
  return layer instanceof layerClass ? (layer.weights[0]!.read() as tf.Variable) : undefined;
}
