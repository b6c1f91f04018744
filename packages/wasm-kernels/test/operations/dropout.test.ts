import * as tf from '@tensorflow/tfjs-core';
import { Random } from '@rl-recsys/random';
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runs } from '@rl-recsys/testing';
import { dropout } from '../../src/index.js';
import { expectSameOnCpu, install, randomTensor } from '../on-both-backends.js';

beforeAll(() => install(true));

const seedFrom = (random: Random) => Uint32Array.from({ length: 16 }, () => random.bits());

test('places are dropped as four generators, computed by hand, say', () => {
  // First words 1, 2³¹, 2³² − 1 and 2³¹ − 1, all others 0: the first number of each is its first word.
  const seed = new Uint32Array(16);
  seed.set([1, 2 ** 31, 2 ** 32 - 1, 2 ** 31 - 1]);
  // Then s₀ ← s₀ ^ s₃ with s₃ = 0 stays and s₃ = 0 ^ s₁ = 0 stays, s₁ and s₂ become s₀: the same words again.
  // Then s₃ ← rotl(s₀, 11) and s₀ ← 0, whose sums are 2¹¹, 2¹⁰, 2³² − 1 and 2³² − 1 − 2¹⁰.
  const ones = tf.ones([3, 4]);
  expect(Array.from(dropout(ones, 0.5, seed).dataSync())).toEqual([0, 2, 2, 0, 0, 2, 2, 0, 0, 0, 2, 2]);
});

test('results and gradients are those of the cpu backend', async () => {
  const cases = fc.record({
    ...{ shape: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 3 }) },
    ...{ rate: fc.double({ min: 0, max: 0.99, noNaN: true }), seed: fc.integer() },
  });
  const property = fc.asyncProperty(cases, ({ shape, rate, seed }) =>
    expectSameOnCpu(seed, (random) => {
      const [x, words] = [randomTensor(random, shape), seedFrom(random)];
      const direction = randomTensor(random, shape);
      const loss = (at: tf.Tensor) => tf.sum(tf.mul(direction, dropout(at, rate, words)));
      return [dropout(x, rate, words), tf.grad(loss)(x)];
    }),
  );
  await fc.assert(property, { numRuns: runs(200) });
});

test('a share of all places is dropped, the mean stays, and neighbors know nothing of each other', () => {
  for (const rate of [0.1, 0.3, 0.5, 0.9]) {
    const size = 200_000;
    const y = dropout(tf.ones([size]), rate, seedFrom(Random.fromSeed(`${rate}`))).dataSync();
    const dropped = Array.from(y, (value) => Number(value === 0));
    const share = (of: number[]) => of.reduce((sum, each) => sum + each) / of.length;
    // Five standard deviations of a mean of so many.
    const within = 5 * Math.sqrt((rate * (1 - rate)) / size);
    expect(Math.abs(share(dropped) - rate)).toBeLessThan(within);
    expect(y.find((value) => value !== 0)).toBe(Math.fround(1 / (1 - rate)));
    for (const lag of [1, 2, 3, 4, 8]) {
      const both = dropped.slice(lag).map((each, place) => (each - rate) * (dropped[place]! - rate));
      expect(Math.abs(share(both))).toBeLessThan(5 * ((rate * (1 - rate)) / Math.sqrt(size)));
    }
  }
});

test('a rate or a seed that cannot be is refused', () => {
  const x = tf.ones([2]);
  expect(() => dropout(x, 1, new Uint32Array(16))).toThrow('rate: expected a number in [0, 1), got 1');
  expect(() => dropout(x, NaN, new Uint32Array(16))).toThrow('rate: expected a number in [0, 1), got NaN');
  expect(() => dropout(x, 0.5, new Uint32Array(4))).toThrow('seed: expected 16 words, got 4');
});

test('it leaks nothing', () => {
  const x = tf.ones([5, 3]);
  const seed = seedFrom(Random.fromSeed(1));
  const { numTensors, numDataBuffers } = tf.memory();
  tf.grad((at) => tf.sum(dropout(at, 0.5, seed)))(x).dispose();
  expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
});
