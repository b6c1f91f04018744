import * as tf from '@tensorflow/tfjs-core';
import { Random } from '@rl-recsys/random';
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pairwiseProducts } from '../../src/index.js';
import { expectSameOnCpu, install, randomTensor } from '../on-both-backends.js';

beforeAll(() => install(true));

test('it multiplies each vector with those behind it', () => {
  const vectors = tf.tensor3d([
    [
      [1, 2],
      [3, 5],
      [7, 11],
    ],
    [
      [0, 1],
      [1, 0],
      [2, -3],
    ],
  ]);
  const products = pairwiseProducts(vectors);
  expect(products.shape).toEqual([2, 3, 2]);
  expect(Array.from(products.dataSync())).toEqual([3, 10, 7, 22, 21, 55, 0, 0, 0, -3, 2, -0]);
});

test('products and gradients are those of plain operations on the cpu backend', async () => {
  const sizes = fc.record({
    ...{ batch: fc.integer({ min: 1, max: 5 }), n: fc.integer({ min: 2, max: 7 }) },
    ...{ k: fc.integer({ min: 1, max: 30 }), seed: fc.integer() },
  });
  const property = fc.asyncProperty(sizes, ({ batch, n, k, seed }) =>
    expectSameOnCpu(seed, (random) => {
      const vectors = randomTensor<tf.Tensor3D>(random, [batch, n, k]);
      const direction = randomTensor(random, [batch, (n * (n - 1)) / 2, k]);
      const loss = (at: tf.Tensor) => tf.sum(tf.mul(direction, pairwiseProducts(at as tf.Tensor3D)));
      return [pairwiseProducts(vectors), tf.grad(loss)(vectors)];
    }),
  );
  await fc.assert(property, { numRuns: 100 });
});

test('it leaks nothing', () => {
  const vectors = randomTensor<tf.Tensor3D>(Random.fromSeed(1), [2, 4, 3]);
  const { numTensors, numDataBuffers } = tf.memory();
  tf.grad((at) => tf.sum(pairwiseProducts(at as tf.Tensor3D)))(vectors).dispose();
  expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
});
