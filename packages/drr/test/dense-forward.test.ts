import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from '@jest/globals';
import { denseForward, type PlainLayer } from '../src/dense-forward.js';

const random = Random.fromSeed('layers');
const draw = (length: number) => Float32Array.from({ length }, () => random.normal());
const activations = { relu: tf.relu, tanh: tf.tanh, linear: (x: tf.Tensor2D) => x };

/** Layers of these sizes, the first of which is that of the inputs. */
function drawLayers(sizes: readonly number[], names: readonly PlainLayer['activation'][]): PlainLayer[] {
  return sizes.slice(1).map((units, index) => ({
    kernel: draw(sizes[index]! * units),
    bias: draw(units),
    activation: names[index]!,
  }));
}

test.each([
  [1, [1, 1], ['linear']],
  [3, [7, 5, 1], ['relu', 'tanh']],
  [1, [13, 1, 9], ['tanh', 'linear']],
  [5, [3, 17, 11, 2], ['relu', 'relu', 'tanh']],
] as const)('a batch of %i through layers of %j is what TensorFlow.js makes of it', (batch, sizes, names) => {
  const inputs = draw(batch * sizes[0]);
  const layers = drawLayers(sizes, names);
  const expected = layers.reduce(
    (x: tf.Tensor2D, { kernel, bias, activation }) =>
      activations[activation](tf.add(tf.matMul(x, tf.tensor2d(kernel, [x.shape[1], bias.length])), bias)),
    tf.tensor2d(inputs, [batch, sizes[0]]),
  );
  const copy = inputs.slice();
  const outputs = denseForward(inputs, batch, layers);
  expect(outputs).toBeInstanceOf(Float32Array);
  expect(Array.from(outputs)).toEqual(closeTo(expected.dataSync(), 5));
  expect(inputs).toEqual(copy);
});

test('a batch of none has no outputs, and no layers give the inputs back', () => {
  const layers = drawLayers([3, 2], ['relu']);
  const before = denseForward(Float32Array.of(1, 2, 3), 1, [...layers.map((layer) => ({ ...layer }))]);
  expect(denseForward(new Float32Array(), 0, layers)).toHaveLength(0);
  expect(denseForward(Float32Array.of(1, 2, 3), 1, layers)).toEqual(before); // nothing of it is remembered
  const inputs = draw(6);
  expect(denseForward(inputs, 2, [])).toEqual(inputs);
});

test('what is not a number stays none, also behind a ReLU', () => {
  const layer = { kernel: Float32Array.of(1), bias: Float32Array.of(0), activation: 'relu' } as const;
  expect(denseForward(Float32Array.of(NaN), 1, [layer])).toEqual(Float32Array.of(NaN));
});
