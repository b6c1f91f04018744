import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runs } from '@rl-recsys/testing';
import { expectSameOnCpu, install, randomTensor } from '../on-both-backends.js';

beforeAll(() => install(true));

/** A shape of one to four dimensions and one of them, which may be named from behind. */
const cases = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }).chain((shape) =>
  fc.record({
    shape: fc.constant(shape),
    axis: fc.integer({ min: -shape.length, max: shape.length - 1 }),
    lengths: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 4 }),
    seed: fc.integer(),
  }),
);
const withLength = (shape: readonly number[], axis: number, length: number) =>
  shape.map((each, place) => (place === (axis + shape.length) % shape.length ? length : each));

test('tensors are joined and cut along any axis, as on the cpu backend', async () => {
  const property = fc.asyncProperty(cases, ({ shape, axis, lengths, seed }) =>
    expectSameOnCpu(seed, (random) => {
      const parts = lengths.map((length) => randomTensor(random, withLength(shape, axis, length)));
      const joined = tf.concat(parts, axis);
      return [joined, ...(joined.size > 0 ? tf.split(joined, lengths, axis) : [])];
    }),
  );
  await fc.assert(property, { numRuns: runs(200) });
});

test('they are stacked and unstacked', async () => {
  const property = fc.asyncProperty(cases, ({ shape, axis, lengths, seed }) =>
    expectSameOnCpu(seed, (random) => {
      const tensors = lengths.map(() => randomTensor(random, shape));
      return [tf.stack(tensors, Math.max(0, axis)), ...tf.unstack(tensors[0]!, axis)];
    }),
  );
  await fc.assert(property, { numRuns: runs(200) });
});

test('slices along one axis or several', async () => {
  const property = fc.asyncProperty(cases, fc.boolean(), ({ shape, axis, seed }, isAlongAll) =>
    expectSameOnCpu(seed, (random) => {
      const cutAxis = axis < 0 ? axis + shape.length : axis;
      const isCut = shape.map((_, place) => isAlongAll || place === cutAxis);
      const begin = shape.map((length, place) => (isCut[place] ? random.integer(length) : 0));
      const size = shape.map((length, place) =>
        isCut[place] ? random.integer(length - begin[place]! + 1) : length,
      );
      const x = randomTensor(random, shape);
      return [tf.slice(x, begin, size), tf.slice(tf.cast(tf.mul(x, 100), 'int32'), begin, size)];
    }),
  );
  await fc.assert(property, { numRuns: runs(200) });
});

test('gradients go through all of them', async () => {
  await expectSameOnCpu(4, (random) => {
    const direction = randomTensor(random, [2, 3, 4]);
    const loss = (x: tf.Tensor) => {
      const [first, ...others] = tf.unstack(x, 1);
      const parts = tf.split(tf.stack([...others, first!], 1), [1, 3], 2);
      const [b, a] = parts as [tf.Tensor, tf.Tensor];
      const joined = tf.concat([a, tf.slice(x, [0, 0, 2], [2, 3, 1])], 2);
      return tf.sum(tf.mul(tf.mul(direction, joined), b));
    };
    return tf.grad(loss)(randomTensor(random, [2, 3, 4]));
  });
});

test('integers, truth values and texts', async () => {
  const values = () => [
    tf.concat([tf.tensor1d([1, -2], 'int32'), tf.tensor1d([2 ** 31 - 1], 'int32')]),
    tf.concat([tf.tensor1d([true, false], 'bool'), tf.tensor1d([true], 'bool')]),
    ...tf.unstack(tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32'), 1),
    tf.slice(tf.tensor2d([true, false, true, true], [2, 2], 'bool'), [0, 1], [2, 1]),
  ];
  await expectSameOnCpu(1, values);
  expect(tf.slice(tf.tensor1d(['a', 'b', 'c']), [1], [2]).dataSync()).toEqual(['b', 'c']);
});

test('what does not fit together is an error', () => {
  const [a, b] = [tf.ones([2, 3]), tf.ones([3, 3])];
  expect(() => tf.concat([a, b], 1)).toThrow('does not match the shape of the rest');
  expect(() => tf.concat([a, tf.ones([2, 3, 1])], 1)).toThrow('rank');
  expect(() => tf.stack([a, b])).toThrow('match');
  expect(() => tf.split(a, [1, 1], 1)).toThrow('sum of sizes');
});
