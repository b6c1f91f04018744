import * as tf from '@tensorflow/tfjs-core';
import { closeTo } from '@rl-recsys/testing';
import { expect, test } from '@jest/globals';
import { copyWeights, softUpdate } from '../src/index.js';

const variable = (...values: number[]) => tf.variable(tf.tensor1d(values));
const valuesOf = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

test('the target moves by tau towards the source, and the source stays', () => {
  const [target, source] = [variable(0, 10), variable(1, 20)];
  softUpdate([target], [source], 0.1);
  expect(valuesOf(target)).toEqual(closeTo([0.1, 11]));
  expect(valuesOf(source)).toEqual([1, 20]);
});

test('a copy has a buffer of its own', () => {
  const [target, source] = [variable(0, 0), variable(1, 2)];
  copyWeights([target], [source]);
  expect(valuesOf(target)).toEqual([1, 2]);
  source.dataSync()[0] = 99; // the cpu backend hands out the buffer itself: an update in place
  expect(valuesOf(target)).toEqual([1, 2]);
});

test('neither leaks', () => {
  const [target, source] = [variable(0, 0), variable(1, 2)];
  const before = tf.memory().numTensors;
  copyWeights([target], [source]);
  softUpdate([target], [source], 0.5);
  expect(tf.memory().numTensors).toBe(before);
});

test('bad arguments are named', () => {
  expect(() => softUpdate([], [], 0)).toThrow('tau: expected above 0 and at most 1, got 0');
  expect(() => copyWeights([], [variable(1)])).toThrow('targets: expected 1 like sources, got 0');
});
