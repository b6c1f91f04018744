import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { softmaxLoss } from '../../src/index.js';
import { expectSameOnCpu, install, randomTensor } from '../on-both-backends.js';

beforeAll(() => install(true));

test('the loss of two rows, by hand', () => {
  const loss = softmaxLoss({
    own: tf.tensor1d([1, 0]),
    others: tf.tensor2d([
      [2, 3, 100],
      [0, 0, 0],
    ]),
    hidden: tf.tensor1d([2, -1], 'int32'), // the 100 does not count
    weights: tf.tensor1d([1, 0.5]),
  });
  const expected = Math.log(Math.E + Math.exp(2) + Math.exp(3)) - 1 + 0.5 * Math.log(4);
  expect(loss.dataSync()[0]).toBeCloseTo(expected, 5);
});

test('losses and gradients are those of plain operations on the cpu backend', async () => {
  const cases = fc.record({
    ...{ rows: fc.integer({ min: 1, max: 7 }), columns: fc.integer({ min: 1, max: 30 }) },
    ...{ range: fc.constantFrom(1, 30), seed: fc.integer() },
  });
  const property = fc.asyncProperty(cases, ({ rows, columns, range, seed }) =>
    expectSameOnCpu(seed, (random) => {
      const own = tf.mul<tf.Tensor1D>(randomTensor(random, [rows]), range);
      const others = tf.mul<tf.Tensor2D>(randomTensor(random, [rows, columns]), range);
      const places = Array.from({ length: rows }, () => random.integer(columns + 1) - 1);
      const rest = {
        hidden: tf.tensor1d(places, 'int32'),
        weights: randomTensor<tf.Tensor1D>(random, [rows]),
      };
      const loss = (o: tf.Tensor1D, x: tf.Tensor2D) => softmaxLoss({ own: o, others: x, ...rest });
      return [loss(own, others), ...tf.grads(loss as never)([own, others])];
    }),
  );
  await fc.assert(property, { numRuns: 100 });
});

test('an argument of other rows is refused', () => {
  const three = tf.ones<tf.Rank.R1>([3]);
  const inputs = { own: three, others: tf.ones<tf.Rank.R2>([2, 5]), hidden: three, weights: three };
  expect(() => softmaxLoss(inputs)).toThrow('own: expected [2], one for each row of others, got [3]');
});

test('it leaks nothing', () => {
  const rest = { hidden: tf.tensor1d([0, -1], 'int32'), weights: tf.ones<tf.Rank.R1>([2]) };
  const [own, others] = [tf.ones<tf.Rank.R1>([2]), tf.ones<tf.Rank.R2>([2, 5])];
  const { numTensors, numDataBuffers } = tf.memory();
  const loss = (o: tf.Tensor1D, x: tf.Tensor2D) => softmaxLoss({ own: o, others: x, ...rest });
  for (const each of tf.grads(loss as never)([own, others])) each.dispose();
  expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
});
