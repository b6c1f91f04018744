import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, sequential } from '@tensorflow/tfjs-layers';
import { Random } from '@rl-recsys/random';
import { closeTo, runs } from '@rl-recsys/testing';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { denseStack, matchDenseStack, type DenseActivation, type DenseLayer } from '../../src/index.js';
import { expectSameOnCpu, install, randomTensor } from '../on-both-backends.js';

beforeAll(() => install(true));

const ACTIVATIONS: readonly DenseActivation[] = ['linear', 'relu', 'sigmoid', 'tanh'];

function randomStack(random: Random, sizes: readonly number[]): DenseLayer[] {
  return sizes.slice(1).map((units, index) => ({
    kernel: tf.div(randomTensor<tf.Tensor2D>(random, [sizes[index]!, units]), Math.sqrt(sizes[index]!)),
    bias: randomTensor(random, [units]),
    activation: ACTIVATIONS[random.integer(4)]!,
  }));
}

const stacks = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 5 }),
  ...{ batch: fc.integer({ min: 1, max: 20 }), seed: fc.integer() },
});

test('outputs and all gradients are those of plain operations on the cpu backend', async () => {
  const property = fc.asyncProperty(stacks, ({ sizes, batch, seed }) =>
    expectSameOnCpu(seed, (random) => {
      const stack = randomStack(random, sizes);
      const x = randomTensor<tf.Tensor2D>(random, [batch, sizes[0]!]);
      const direction = randomTensor(random, [batch, sizes.at(-1)!]);
      const parameters = stack.flatMap(({ kernel, bias }) => [kernel, bias]);
      const loss = (first: tf.Tensor, ...rest: tf.Tensor[]) => {
        const given = stack.map(({ activation }, index) => ({
          ...{ kernel: rest[2 * index] as tf.Tensor2D, bias: rest[2 * index + 1] as tf.Tensor1D, activation },
        }));
        return tf.sum(tf.mul(direction, denseStack(first as tf.Tensor2D, given)));
      };
      return [denseStack(x, stack), ...tf.grads(loss)([x, ...parameters])];
    }),
  );
  await fc.assert(property, { numRuns: runs(150) });
});

test('two matrices side by side are their concatenation, in outputs and in gradients', async () => {
  const property = fc.asyncProperty(stacks, fc.integer({ min: 1, max: 20 }), ({ sizes, batch, seed }, more) =>
    expectSameOnCpu(seed, (random) => {
      const stack = randomStack(random, [sizes[0]! + more, ...sizes.slice(1)]);
      const given = [sizes[0]!, more].map((columns) => randomTensor<tf.Tensor2D>(random, [batch, columns]));
      const direction = randomTensor(random, [batch, sizes.at(-1)!]);
      const both = (x: tf.Tensor, beside: tf.Tensor) =>
        denseStack([x as tf.Tensor2D, beside as tf.Tensor2D], stack);
      const loss = (x: tf.Tensor, beside: tf.Tensor) => tf.sum(tf.mul(direction, both(x, beside)));
      const [, ofBeside] = tf.grads(loss)(given);
      const alone = tf.grad((beside) =>
        tf.sum(tf.mul(direction, denseStack([given[0]!, beside as tf.Tensor2D], stack, { input: false }))),
      )(given[1]!);
      expect(alone.dataSync()).toEqual(ofBeside!.dataSync());
      return [both(given[0]!, given[1]!), ...tf.grads(loss)(given)];
    }),
  );
  await fc.assert(property, { numRuns: runs(60) });
});

test('the gradient is that of finite differences', () => {
  const random = Random.fromSeed(5);
  const stack = randomStack(random, [3, 5, 2]).map((layer) => ({ ...layer, activation: 'tanh' as const }));
  const x = randomTensor<tf.Tensor2D>(random, [2, 3]);
  const loss = (at: tf.Tensor) => tf.sum<tf.Scalar>(denseStack(at as tf.Tensor2D, stack));
  const gradient = tf.grad(loss)(x).dataSync();
  const step = 1e-2;
  gradient.forEach((slope, place) => {
    const moved = (by: number) => {
      const values = x.dataSync().slice();
      values[place]! += by;
      return loss(tf.tensor2d(values, [2, 3])).dataSync()[0]!;
    };
    expect((moved(step) - moved(-step)) / (2 * step)).toBeCloseTo(slope, 3);
  });
});

describe('gradients that nobody wants', () => {
  const calls = (wanted: { input?: boolean; parameters?: boolean }) => {
    const random = Random.fromSeed(1);
    const [layer] = randomStack(random, [3, 4]);
    const kernel = tf.variable(layer!.kernel);
    const x = tf.variable(randomTensor<tf.Tensor2D>(random, [2, 3]));
    const loss = () => tf.sum<tf.Scalar>(tf.add(denseStack(x, [{ ...layer!, kernel }], wanted), tf.sum(x)));
    const { grads } = tf.variableGrads(loss, [x, kernel]);
    return { ofInput: grads[x.name]!.dataSync(), ofKernel: grads[kernel.name]?.dataSync() };
  };

  test('of the input: only the others are there', () => {
    const all = calls({});
    const { ofInput, ofKernel } = calls({ input: false });
    expect(new Set(ofInput)).toEqual(new Set([8])); // of the other summand alone
    expect(ofKernel).toEqual(all.ofKernel);
  });

  test('of the parameters: only that of the input is there', () => {
    const all = calls({});
    const { ofInput, ofKernel } = calls({ parameters: false });
    expect(ofInput).toEqual(all.ofInput);
    expect(ofKernel).toBeUndefined();
  });
});

test('it leaks nothing, with and without a tape', () => {
  const random = Random.fromSeed(1);
  const stack = randomStack(random, [3, 5, 2]);
  const x = randomTensor<tf.Tensor2D>(random, [2, 3]);
  const { numTensors, numDataBuffers } = tf.memory();
  denseStack(x, stack).dispose();
  denseStack(x, stack, { input: false, parameters: false }).dispose();
  tf.grad((at) => tf.sum(denseStack(at as tf.Tensor2D, stack)))(x).dispose();
  expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
});

test('an empty batch gives an empty output', () => {
  expect(denseStack(tf.zeros([0, 3]), randomStack(Random.fromSeed(1), [3, 2])).shape).toEqual([0, 2]);
});

describe('a stack taken from an ordinary model', () => {
  test('computes what the model predicts, from the same variables', () => {
    const network = sequential({
      layers: [
        layers.dense({ units: 5, activation: 'relu', inputShape: [4] }),
        layers.dense({ units: 3, activation: 'tanh' }),
      ],
    });
    const { input: start, layers: stack } = matchDenseStack(network.outputs[0]!)!;
    expect(start).toBe(network.inputs[0]);
    const x = randomTensor<tf.Tensor2D>(Random.fromSeed(1), [6, 4]);
    const same = () =>
      expect(Array.from(denseStack(x, stack).dataSync())).toEqual(
        closeTo((network.predict(x) as tf.Tensor).dataSync(), 6),
      );
    same();
    network.setWeights(network.getWeights().map((weight) => tf.mul(weight, 0.5)));
    same();
  });

  test('begins behind the last layer that is not dense, or not known', () => {
    const start = input({ shape: [4] });
    const first = layers.dense({ units: 4, activation: 'softmax' }).apply(start);
    const second = layers.dense({ units: 4, useBias: false }).apply(first);
    const third = layers.dense({ units: 2 }).apply(second) as typeof start;
    expect(matchDenseStack(third)?.layers).toHaveLength(1);
    expect(matchDenseStack(third)?.input).toBe(second);
    expect(matchDenseStack(model({ inputs: start, outputs: second as typeof start }).outputs[0]!)).toBe(
      undefined,
    );
  });
});
