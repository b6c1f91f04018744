import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from '@jest/globals';
import { tidyValues } from '../src/index.js';

test('reads what is computed, keeps nothing of it, and gives a copy', () => {
  const variable = tf.variable(tf.tensor1d([1, 2, 3]));
  const { numTensors, numDataBuffers } = tf.memory();
  const values = tidyValues(() => tf.mul(tf.add(variable, 1), 2));
  expect(values).toEqual(Float32Array.of(4, 6, 8));
  tidyValues(() => tf.clone(variable)).fill(9);
  expect(Array.from(variable.dataSync())).toEqual([1, 2, 3]);
  expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
  variable.dispose();
});

test('keeps nothing where the computation throws', () => {
  const { numTensors } = tf.memory();
  const broken = () => tidyValues(() => tf.reshape(tf.zeros([3]), [2]));
  expect(broken).toThrow();
  expect(tf.memory().numTensors).toBe(numTensors);
});
