import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { expectSameOnCpu, install, randomTensor } from '../on-both-backends.js';

beforeAll(() => install(true));

test('the mean of all elements, and its gradient, as on the cpu backend', async () => {
  const shapes = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 });
  const property = fc.asyncProperty(shapes, fc.integer(), (shape, seed) =>
    expectSameOnCpu(seed, (random) => {
      const x = randomTensor(random, shape);
      return [tf.mean(x), tf.grad((given) => tf.mean(tf.square(given)))(x)];
    }),
  );
  await fc.assert(property, { numRuns: 100 });
});

test('adds up in double precision', () => {
  const values = new Float32Array(2 ** 16).fill(0.1).fill(1e6, 0, 1);
  const exact = values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(tf.mean(tf.tensor1d(values)).dataSync()[0]).toBe(Math.fround(exact));
});

test('means of rows, kept dimensions and integers are left to the stock kernel', async () => {
  await expectSameOnCpu(3, (random) => {
    const x = randomTensor(random, [3, 5]);
    return [tf.mean(x, 1), tf.mean(x, undefined, true), tf.mean(tf.tensor1d([1, 2, 4], 'int32'))];
  });
});

test('the mean of nothing is no number', () => {
  expect(tf.mean(tf.tensor1d([])).dataSync()[0]).toBeNaN();
});
