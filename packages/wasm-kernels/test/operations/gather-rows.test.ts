import * as tf from '@tensorflow/tfjs-core';
import { Random } from '@rl-recsys/random';
import { expect, test } from '@jest/globals';
import { gatherRows } from '../../src/index.js';
import { expectSameOnCpu, install, randomTensor } from '../on-both-backends.js';

/** Rows of matrices and of a column, and what they add to the gradient, a row that is gathered twice among them. */
function gathered(random: Random): tf.Tensor[] {
  const rows = tf.tensor1d([2, 0, 2, 4, 4, 4], 'int32');
  return [[5, 3], [5]].flatMap((shape) => {
    const [table, upstream] = [randomTensor(random, shape), randomTensor(random, [6, ...shape.slice(1)])];
    const { value, grad } = tf.valueAndGrad((x) => tf.sum(tf.mul(gatherRows(x, rows), upstream)))(table);
    return [gatherRows(table, rows), value, grad];
  });
}

test('rows and gradients are those of plain operations without fast kernels, by hand, and with them', async () => {
  expect(tf.getKernel('UnsortedSegmentSum', 'wasm')).toBeUndefined(); // or this tests nothing
  const grad = tf.grad((x: tf.Tensor) => tf.sum(tf.square(gatherRows(x, tf.tensor1d([1, 0, 1], 'int32')))));
  expect(Array.from(grad(tf.tensor2d([[1, 2], [3, 4], [5, 6]])).dataSync())).toEqual([2, 4, 12, 16, 0, 0]); // prettier-ignore
  await expectSameOnCpu('rows', gathered);
  await install(false);
  await expectSameOnCpu('rows', gathered);
});
