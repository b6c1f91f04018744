import { closeTo } from '@rl-recsys/testing';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { expect, test } from '@jest/globals';
import { Standardizer } from '../../src/residual/standardizer.js';

function fitted(): Standardizer {
  const standardizer = new Standardizer(2);
  standardizer.fit(
    tf.tensor2d([
      [0, 10],
      [2, 30],
    ]),
  ); // means 1 and 20, deviations 1 and 10, and .01 more
  return standardizer;
}

test('inputs are brought to mean 0 and deviation 1, and clipped', () => {
  const x = tf.tensor2d([
    [2, 0],
    [-9, 320],
  ]);
  expect(Array.from(fitted().apply(x).dataSync())).toEqual(closeTo([1 / 1.01, -20 / 10.01, -5, 5]));
});

test('the gradient is 1 / deviation, and 0 where an input was clipped', () => {
  const standardizer = fitted();
  const x = tf.tensor3d([
    [
      [2, 0],
      [-9, 320],
    ],
  ]);
  const { numTensors } = tf.memory();
  const gradient = tf.grad((given) => tf.sum(tf.mul(standardizer.apply(given), 3)))(x);
  expect(gradient.shape).toEqual([1, 2, 2]);
  expect(Array.from(gradient.dataSync())).toEqual(closeTo([3 / 1.01, 3 / 10.01, 0, 0]));
  gradient.dispose();
  expect(tf.memory().numTensors).toBe(numTensors);
});
