import * as tf from '@tensorflow/tfjs-core';
import { closeTo } from '@rl-recsys/testing';
import { expect, test } from '@jest/globals';
import { clipByGlobalNorm } from '../src/index.js';

const gradients = () => ({ a: tf.tensor1d([3, 0]), b: tf.tensor1d([0, 4]) }); // length 5 together

test('longer gradients are shortened together, shorter ones stay', () => {
  const clipped = clipByGlobalNorm(gradients(), 1);
  expect(Array.from(clipped['a']!.dataSync())).toEqual(closeTo([0.6, 0]));
  expect(Array.from(clipped['b']!.dataSync())).toEqual(closeTo([0, 0.8]));
  expect(Array.from(clipByGlobalNorm(gradients(), 6)['b']!.dataSync())).toEqual([0, 4]);
});

test('gradients of 0 stay 0', () => {
  expect(Array.from(clipByGlobalNorm({ a: tf.zeros([2]) }, 1)['a']!.dataSync())).toEqual([0, 0]);
});

test('without a limit nothing is computed', () => {
  const same = gradients();
  expect(clipByGlobalNorm(same, Infinity)).toBe(same);
});
