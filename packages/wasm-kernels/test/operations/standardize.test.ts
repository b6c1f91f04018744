import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { standardize } from '../../src/index.js';
import { expectSameOnCpu, install, randomTensor } from '../on-both-backends.js';

beforeAll(() => install(true));

test('columns are shifted, divided and clipped, and pass no gradient where they were', () => {
  const x = tf.tensor2d([
    [1, 2, 3, 4, 5],
    [9, -9, 3, 4, 7],
  ]);
  const options = { mean: tf.tensor1d([1, 1, 1, 2, 3]), deviation: tf.tensor1d([1, 2, 4, 0.5, 2]), limit: 3 };
  const results = standardize(x, options);
  expect(Array.from(results.dataSync())).toEqual([0, 0.5, 0.5, 3, 1, 3, -3, 0.5, 3, 2]);
  const gradient = tf.grad((at) => tf.sum(standardize(at, options)))(x);
  expect(Array.from(gradient.dataSync())).toEqual([1, 0.5, 0.25, 0, 0.5, 0, 0, 0.25, 0, 0.5]);
});

test('results and gradients are those of plain operations on the cpu backend', async () => {
  const cases = fc.record({
    ...{ rows: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 2 }) },
    ...{ columns: fc.integer({ min: 1, max: 30 }), seed: fc.integer() },
  });
  const property = fc.asyncProperty(cases, ({ rows, columns, seed }) =>
    expectSameOnCpu(seed, (random) => {
      const x = randomTensor(random, [...rows, columns]);
      const options = {
        mean: randomTensor<tf.Tensor1D>(random, [columns]),
        deviation: tf.add<tf.Tensor1D>(randomTensor(random, [columns]), 1.1),
        limit: 2,
      };
      const direction = randomTensor(random, [...rows, columns]);
      const loss = (at: tf.Tensor) => tf.sum(tf.mul(direction, standardize(at, options)));
      return [standardize(x, options), tf.grad(loss)(x)];
    }),
  );
  await fc.assert(property, { numRuns: 100 });
});

test('what is no number stays none', () => {
  const x = tf.fill<tf.Rank.R2>([1, 5], NaN);
  const options = { mean: tf.zeros<tf.Rank.R1>([5]), deviation: tf.ones<tf.Rank.R1>([5]), limit: 1 };
  expect(standardize(x, options).dataSync().every(Number.isNaN)).toBe(true);
});

test('a mean or a deviation of other columns is refused', () => {
  const [x, three, two] = [tf.ones([4, 3]), tf.ones<tf.Rank.R1>([3]), tf.ones<tf.Rank.R1>([2])];
  const wrong = 'mean and deviation: expected [3] each, got ';
  expect(() => standardize(x, { mean: two, deviation: three, limit: 1 })).toThrow(`${wrong}[2] and [3]`);
  expect(() => standardize(x, { mean: three, deviation: two, limit: 1 })).toThrow(`${wrong}[3] and [2]`);
});

test('it leaks nothing', () => {
  const x = tf.ones<tf.Rank.R2>([3, 5]);
  const options = { mean: tf.zeros<tf.Rank.R1>([5]), deviation: tf.ones<tf.Rank.R1>([5]), limit: 1 };
  const { numTensors, numDataBuffers } = tf.memory();
  tf.grad((at) => tf.sum(standardize(at, options)))(x).dispose();
  expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
});
