import type { DecayingSums, DrrAve } from '@rl-recsys/state';
import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** The weights of a state module that is one layer of this class over its inputs and nothing else. */
export function positionWeights(
  stateModule: LayersModel,
  layerClass: typeof DecayingSums | typeof DrrAve,
): tf.Variable | undefined {
  const { sourceLayer, inputs } = stateModule.outputs[0]!;
  const isWhole = inputs.every((input, place) => input === stateModule.inputs[place]);
  return isWhole && sourceLayer instanceof layerClass
    ? (sourceLayer.weights[0]!.read() as tf.Variable)
    : undefined;
}
