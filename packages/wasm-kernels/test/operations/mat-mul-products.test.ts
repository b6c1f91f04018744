import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { matMulProducts } from '../../src/index.js';
import { expectSameOnCpu, install, randomTensor } from '../on-both-backends.js';

beforeAll(() => install(true));

test('it is [x, v ⊗ x] · W for each of a row', () => {
  const x = tf.tensor3d([
    [
      [1, 2],
      [0, 3],
    ],
  ]);
  const weights = tf.tensor2d([[1], [10], [100], [1000]]);
  const out = matMulProducts(x, tf.tensor2d([[2, -1]]), weights);
  expect(out.shape).toEqual([1, 2, 1]);
  expect(Array.from(out.dataSync())).toEqual([1 + 20 + 200 - 2000, 30 - 3000]);
});

test('it is that of plain operations on the cpu backend', async () => {
  const sizes = fc.record({
    ...{ batch: fc.integer({ min: 1, max: 5 }), count: fc.integer({ min: 0, max: 12 }) },
    ...{ k: fc.integer({ min: 1, max: 20 }), terms: fc.integer({ min: 0, max: 3 }) },
    ...{ units: fc.integer({ min: 1, max: 20 }), seed: fc.integer() },
  });
  const property = fc.asyncProperty(sizes, ({ batch, count, k, terms, units, seed }) =>
    expectSameOnCpu(seed, (random) =>
      matMulProducts(
        randomTensor(random, [batch, count, k]),
        randomTensor(random, [batch, terms * k]),
        randomTensor(random, [(1 + terms) * k, units]),
      ),
    ),
  );
  await fc.assert(property, { numRuns: 100 });
});

test('shapes that do not fit are refused, and nothing leaks', () => {
  const x = tf.ones<tf.Rank.R3>([2, 3, 4]);
  const given = [tf.ones<tf.Rank.R2>([2, 4]), tf.ones<tf.Rank.R2>([8, 5])] as const;
  const { numTensors } = tf.memory();
  matMulProducts(x, ...given).dispose();
  expect(tf.memory().numTensors).toBe(numTensors);
  expect(() => matMulProducts(x, given[0], tf.ones([12, 5]))).toThrow(
    'vectors and weights: expected [2, m · 4] and [(1 + m) · 4, units], got [2,4] and [12,5]',
  );
  // A matrix and a half: as many rows as x and vectors have columns together.
  expect(() => matMulProducts(x, tf.ones([2, 6]), tf.ones([10, 5]))).toThrow('got [2,6] and [10,5]');
});
