import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runs } from '@rl-recsys/testing';
import { expectSameOnCpu, install, randomTensor } from '../on-both-backends.js';

beforeAll(() => install(true));

const sizes = fc.record({
  ...{ rows: fc.integer({ min: 1, max: 30 }), size: fc.integer({ min: 1, max: 40 }) },
  ...{ count: fc.integer({ min: 0, max: 50 }), seed: fc.integer() },
});

test('rows are looked up, and their gradient is summed up, as on the cpu backend', async () => {
  const property = fc.asyncProperty(sizes, ({ rows, size, count, seed }) =>
    expectSameOnCpu(seed, (random) => {
      const table = randomTensor<tf.Tensor2D>(random, [rows, size]);
      const indices = Int32Array.from({ length: count }, () => random.integer(rows));
      const looked = tf.gather(table, tf.tensor1d(indices, 'int32'));
      if (count === 0) return looked; // no backend has a gradient of nothing
      const weights = randomTensor(random, [count, size]);
      const loss = (x: tf.Tensor) => tf.sum(tf.mul(weights, tf.gather(x, tf.tensor1d(indices, 'int32'))));
      return [looked, tf.grad(loss)(table)];
    }),
  );
  await fc.assert(property, { numRuns: runs(100) });
});

test('indices of any shape, and rows of several dimensions', async () => {
  await expectSameOnCpu(2, (random) =>
    tf.gather(randomTensor(random, [5, 3, 2]), tf.tensor2d([4, 0, 2, 2, 1, 3], [2, 3], 'int32')),
  );
});

test('another axis, or integers, are left to the stock kernel', async () => {
  await expectSameOnCpu(2, (random) => [
    tf.gather(randomTensor(random, [3, 5]), tf.tensor1d([4, 0], 'int32'), 1),
    tf.gather(tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32'), tf.tensor1d([1, 1], 'int32')),
  ]);
});

test.each([-1, 3])('index %i, which is in no table, is an error that leaks nothing', (bad) => {
  const [table, indices] = [tf.ones([3, 2]), tf.tensor1d([0, bad], 'int32')];
  const before = tf.memory().numDataBuffers;
  expect(() => tf.gather(table, indices)).toThrow(`indices[1]: expected 0 to 2, got ${bad}`);
  expect(tf.memory().numDataBuffers).toBe(before);
});

test('segments are summed up as on the cpu backend, and rows of no segment are left out', async () => {
  const property = fc.asyncProperty(sizes, ({ rows, size, count, seed }) =>
    expectSameOnCpu(seed, (random) => {
      const segments = Int32Array.from({ length: count + 1 }, () => random.integer(rows + 1) - 1);
      const x = randomTensor<tf.Tensor2D>(random, [count + 1, size]);
      return tf.unsortedSegmentSum(x, tf.tensor1d(segments, 'int32'), rows);
    }),
  );
  await fc.assert(property, { numRuns: runs(100) });
});

test('a clone shares the numbers of its original and outlives it', () => {
  const original = tf.tensor1d([1, 2, 3]);
  const clone = tf.clone(original);
  expect(tf.memory().numDataBuffers).toBe(tf.memory().numTensors - 1);
  original.dispose();
  expect(Array.from(clone.dataSync())).toEqual([1, 2, 3]);
  clone.dispose();
});
