import * as tf from '@tensorflow/tfjs-core';

/** The numbers of some float32 tensors, by their names; no tensor is left behind. */
export function tidyAll<Name extends string>(
  make: () => Readonly<Record<Name, tf.Tensor>>,
): Record<Name, Float32Array> {
  const tensors = tf.tidy(make);
  const names = Object.keys(tensors) as Name[];
  const entries = names.map((name) => [name, tensors[name].dataSync<'float32'>().slice()] as const);
  tf.dispose(tensors);
  return Object.fromEntries(entries) as Record<Name, Float32Array>;
}
