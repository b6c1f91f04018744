import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runs } from '@rl-recsys/testing';
import { activeKernels, gruStates } from '../../src/index.js';
import { expectSameOnCpu, install, randomTensor } from '../on-both-backends.js';

beforeAll(() => install(true));

test('two steps of four units, by hand', () => {
  // Everything the same in all four units: p = (0.5, -1, 2) in both steps, and U a diagonal of 1 in each third.
  const projected = tf.tensor3d(
    [0.5, -1, 2, 0.5, -1, 2].flatMap((value) => [value, value, value, value]),
    [2, 1, 12],
  );
  const diagonal = tf.eye(4);
  const states = gruStates(projected, tf.concat<tf.Tensor2D>([diagonal, diagonal, diagonal], 1));
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  const first = sigmoid(0.5) * Math.tanh(2);
  const candidate = Math.tanh(2 + sigmoid(-1 + first) * first);
  const second = first + sigmoid(0.5 + first) * (candidate - first);
  const expected = [first, second].flatMap((value) => [value, value, value, value]);
  for (const [place, value] of states.dataSync().entries()) expect(value).toBeCloseTo(expected[place]!, 6);
});

test('states and gradients are those of plain operations on the cpu backend', async () => {
  const cases = fc.record({
    ...{ length: fc.integer({ min: 1, max: 6 }), batch: fc.integer({ min: 1, max: 5 }) },
    ...{ units: fc.constantFrom(1, 3, 4, 8, 12, 20), seed: fc.integer() },
  });
  const property = fc.asyncProperty(cases, ({ length, batch, units, seed }) =>
    expectSameOnCpu(seed, (random) => {
      const projected = randomTensor<tf.Tensor3D>(random, [length, batch, 3 * units]);
      const kernel = randomTensor<tf.Tensor2D>(random, [units, 3 * units]);
      const direction = randomTensor(random, [length, batch, units]);
      const loss = (p: tf.Tensor3D, u: tf.Tensor2D) => tf.sum(tf.mul(direction, gruStates(p, u)));
      return [gruStates(projected, kernel), ...tf.grads(loss as never)([projected, kernel])];
    }),
  );
  await fc.assert(property, { numRuns: runs(60) });
});

test('shapes that do not fit together are refused', () => {
  const wrong = 'projected and recurrentKernel: expected [_, _, 3 · units] and [units, 3 · units], got ';
  expect(() => gruStates(tf.ones([2, 1, 9]), tf.ones([4, 12]))).toThrow(`${wrong}[2,1,9] and [4,12]`);
  expect(() => gruStates(tf.ones([2, 1, 9]), tf.ones([3, 8]))).toThrow(`${wrong}[2,1,9] and [3,8]`);
});

test('memory that held anything before is as good as new', () => {
  const fast = activeKernels()!;
  const dirty = Array.from({ length: 4000 }, (_, place) => {
    const length = 4 * (1 + (place % 40));
    const address = fast.allocate(length);
    fast.floats(address, length).fill(NaN);
    return address;
  });
  for (const address of dirty) fast.free(address);
  const [projected, kernel] = [tf.ones<tf.Rank.R3>([3, 2, 12]), tf.ones<tf.Rank.R2>([4, 12])];
  const loss = (p: tf.Tensor3D, u: tf.Tensor2D) => tf.sum(gruStates(p, u));
  const given = [gruStates(projected, kernel), ...tf.grads(loss as never)([projected, kernel])];
  for (const each of given) expect(each.dataSync().every(Number.isFinite)).toBe(true);
});

test('it leaks nothing', () => {
  const [projected, kernel] = [tf.ones<tf.Rank.R3>([3, 2, 12]), tf.ones<tf.Rank.R2>([4, 12])];
  const { numTensors, numDataBuffers } = tf.memory();
  const loss = (p: tf.Tensor3D, u: tf.Tensor2D) => tf.sum(gruStates(p, u));
  for (const each of tf.grads(loss as never)([projected, kernel])) each.dispose();
  gruStates(projected, kernel).dispose();
  expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
});
