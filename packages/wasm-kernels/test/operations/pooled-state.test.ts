import * as tf from '@tensorflow/tfjs-core';
import { Random } from '@rl-recsys/random';
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pooledState } from '../../src/index.js';
import { expectSameOnCpu, install, randomTensor } from '../on-both-backends.js';

beforeAll(() => install(true));

test('it is [u, u ⊗ g, g], g the weighted mean of the items that there are', () => {
  const state = pooledState({
    user: tf.tensor2d([[2, 3]]),
    items: tf.tensor3d([
      [
        [NaN, NaN],
        [1, 0],
        [3, 4],
      ],
    ]),
    mask: tf.tensor2d([[0, 1, 1]]),
    weights: tf.tensor1d([9, 2, 0.5]),
  });
  expect(Array.from(state.dataSync())).toEqual([2, 3, 3.5, 3, 1.75, 1]);
});

test('states and gradients are those of plain operations on the cpu backend', async () => {
  const sizes = fc.record({
    ...{ batch: fc.integer({ min: 1, max: 9 }), length: fc.integer({ min: 1, max: 7 }) },
    ...{ size: fc.integer({ min: 1, max: 30 }), seed: fc.integer() },
  });
  const property = fc.asyncProperty(sizes, ({ batch, length, size, seed }) =>
    expectSameOnCpu(seed, (random) => {
      const mask = tf.tensor2d(
        Float32Array.from({ length: batch * length }, () => random.integer(2)),
        [batch, length],
      );
      const direction = randomTensor(random, [batch, 3 * size]);
      const given: tf.Tensor[] = [
        randomTensor(random, [batch, size]),
        randomTensor(random, [batch, length, size]),
        randomTensor(random, [length]),
      ];
      const state = (user: tf.Tensor, items: tf.Tensor, weights: tf.Tensor) =>
        pooledState({
          ...{ user: user as tf.Tensor2D, items: items as tf.Tensor3D, mask },
          weights: weights as tf.Tensor1D,
        });
      const loss = (...inputs: tf.Tensor[]) => {
        const [user, items, weights] = inputs as [tf.Tensor, tf.Tensor, tf.Tensor];
        return tf.sum(tf.mul(direction, state(user, items, weights)));
      };
      return [state(given[0]!, given[1]!, given[2]!), ...tf.grads(loss)(given)];
    }),
  );
  await fc.assert(property, { numRuns: 100 });
});

test('it leaks nothing', () => {
  const random = Random.fromSeed(1);
  const user = randomTensor<tf.Tensor2D>(random, [2, 3]);
  const items = randomTensor<tf.Tensor3D>(random, [2, 4, 3]);
  const [mask, weights] = [tf.ones<tf.Rank.R2>([2, 4]), tf.ones<tf.Rank.R1>([4])];
  const { numTensors, numDataBuffers } = tf.memory();
  const loss = (at: tf.Tensor) => tf.sum(pooledState({ user, items, mask, weights: at as tf.Tensor1D }));
  tf.grad(loss)(weights).dispose();
  expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
});
