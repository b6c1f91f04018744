import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { Random } from '@rl-recsys/random';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { activeKernels, adamUpdate, softUpdate } from '../../src/index.js';
import { expectSameOnCpu, install, randomTensor } from '../on-both-backends.js';

beforeAll(() => install(true));

const settings = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

const momentsOf = (variable: tf.Variable) => {
  const zeros = () => tf.variable(tf.zerosLike(variable), false);
  return { mean: zeros(), square: zeros() };
};

describe('Adam', () => {
  test.each([1, 4, 7, 130])('takes the path of the portable one, %i numbers long', async (length) => {
    await expectSameOnCpu(1, (random) => {
      const variables = [tf.variable(randomTensor(random, [length])), tf.variable(tf.zeros([2, 3]))];
      const moments = variables.map(momentsOf);
      for (let step = 1; step <= 100; step++) {
        const gradients = variables.map(({ shape }) => randomTensor(random, shape));
        adamUpdate(variables, moments, gradients, { ...settings, step });
      }
      return [...variables, ...moments.flatMap(({ mean, square }) => [mean, square])];
    });
  });

  test('rounds 1 − β once: the first moments are exact in float32', () => {
    const variable = tf.variable(tf.zeros([5]));
    const moments = [momentsOf(variable)];
    adamUpdate([variable], moments, [tf.ones([5])], { ...settings, step: 1 });
    expect(new Set(moments[0]!.mean.dataSync())).toEqual(new Set([Math.fround(0.1)]));
    expect(new Set(moments[0]!.square.dataSync())).toEqual(new Set([Math.fround(0.001)]));
  });

  test('works in place and leaks nothing', () => {
    const variable = tf.variable(tf.ones([10]));
    const moments = [momentsOf(variable)];
    const gradient = tf.ones([10]);
    const update = (step: number) => adamUpdate([variable], moments, [gradient], { ...settings, step });
    update(1); // gives the variable numbers of its own, which it shared with the tensor it was made from
    const { numTensors, numDataBuffers } = tf.memory();
    const address = activeKernels()!.addressOf(variable);
    for (let step = 2; step <= 10; step++) update(step);
    expect(activeKernels()!.addressOf(variable)).toBe(address);
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
  });

  test('never moves a model that got its weights by setWeights', () => {
    const make = () => sequential({ layers: [layers.dense({ units: 3, inputShape: [2] })] });
    const [online, target] = [make(), make()];
    target.setWeights(online.getWeights());
    const [kernel] = online.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const before = Array.from(kernel!.dataSync());
    adamUpdate([kernel!], [momentsOf(kernel!)], [tf.ones([2, 3])], { ...settings, step: 1 });
    expect(Array.from(target.getWeights()[0]!.dataSync())).toEqual(before);
    expect(Array.from(kernel!.dataSync())).not.toEqual(before);
  });
});

describe('the soft update', () => {
  test.each([1, 4, 7, 130])('is that of the portable one, %i numbers long', async (length) => {
    await expectSameOnCpu(2, (random) => {
      const [target, source] = [0, 1].map(() => tf.variable(randomTensor(random, [length])));
      for (let step = 0; step < 10; step++) softUpdate([target!], [source!], 0.1);
      return [target!, source!];
    });
  });

  test('of a target that shares its numbers leaves the source, and clones, alone', () => {
    const source = tf.variable(tf.tensor1d([1, 2, 3, 4]));
    const other = tf.variable(tf.tensor1d([5, 6, 7, 8]));
    const target = tf.variable(tf.zeros([4]));
    target.assign(source);
    const clone = tf.clone(target);
    softUpdate([target], [other], 0.5);
    expect(Array.from(target.dataSync())).toEqual([3, 4, 5, 6]);
    expect(Array.from(source.dataSync())).toEqual([1, 2, 3, 4]);
    expect(Array.from(clone.dataSync())).toEqual([1, 2, 3, 4]);
  });

  test('checks its arguments before anything moves', () => {
    const [target, source] = [tf.variable(tf.zeros([1])), tf.variable(tf.ones([1]))];
    expect(() => softUpdate([target], [source], 0)).toThrow('tau: expected above 0 and at most 1, got 0');
    expect(() => softUpdate([target], [source, source], 1)).toThrow(
      'targets: expected 2 like sources, got 1',
    );
    expect(target.dataSync()[0]).toBe(0);
  });
});

test('numbers survive the growth of the memory', () => {
  const random = Random.fromSeed(1);
  const [a, b] = [
    randomTensor<tf.Tensor2D>(random, [64, 300]),
    randomTensor<tf.Tensor2D>(random, [300, 128]),
  ];
  const before = tf.matMul(a, b).dataSync().slice();
  const bytes = () => activeKernels()!.floats(0, 1).buffer.byteLength;
  const small = bytes();
  const large = tf.zeros([30_000_000]);
  expect(bytes()).toBeGreaterThan(small);
  expect(tf.matMul(a, b).dataSync()).toEqual(before);
  const late = tf.clone(tf.add(a, 0));
  expect(tf.matMul(late, b).dataSync()).toEqual(before);
  large.dispose();
});
