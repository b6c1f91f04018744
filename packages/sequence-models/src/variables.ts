// TensorFlow.js's gradients are registered by its layers.
import '@tensorflow/tfjs-layers';
import type { Random } from '@rl-recsys/random';
import * as tf from '@tensorflow/tfjs-core';

export function variable(values: Float32Array, shape: number[]): tf.Variable {
  return tf.tidy(() => tf.variable(tf.tensor(values, shape)));
}

/** A variable `[length]` of one value. */
export function constant(length: number, value: number): tf.Variable {
  return variable(new Float32Array(length).fill(value), [length]);
}

/** A variable `[rows, columns]` of numbers between −range and range. */
export function uniform(random: Random, rows: number, columns: number, range: number): tf.Variable {
  const values = Float32Array.from({ length: rows * columns }, () => range * (2 * random.uniform() - 1));
  return variable(values, [rows, columns]);
}

/** Copies of variables' numbers. */
export function numbersOf<Name extends string>(
  variables: Readonly<Record<Name, tf.Variable>>,
): Record<Name, Float32Array> {
  const copied = Object.entries<tf.Variable>(variables).map(([name, each]) => [
    name,
    Float32Array.from(each.dataSync()),
  ]);
  return Object.fromEntries(copied) as Record<Name, Float32Array>;
}
