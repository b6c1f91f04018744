import { DrrAve } from '@rl-recsys/state';
import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** The weights w `[n]` of a state module that is DRR-ave over its inputs and nothing else. */
export function positionWeights(stateModule: LayersModel): tf.Variable | undefined {
  const { sourceLayer, inputs } = stateModule.outputs[0]!;
  const isWhole = inputs.every((input, place) => input === stateModule.inputs[place]);
  return isWhole && sourceLayer instanceof DrrAve
    ? (sourceLayer.weights[0]!.read() as tf.Variable)
    : undefined;
}
