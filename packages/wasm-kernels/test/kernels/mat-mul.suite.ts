import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runs } from '@rl-recsys/testing';
import { expectSameOnCpu, randomTensor } from '../on-both-backends.js';

const ACTIVATIONS = ['linear', 'relu', 'relu6', 'sigmoid', 'elu', 'leakyrelu', 'prelu'] as const;

const transposed = (flag: boolean, rows: number, columns: number) =>
  flag ? [columns, rows] : [rows, columns];

/** What every build of the kernels must do. */
export function testMatMul(): void {
  const sizes = fc.record({
    ...{ rows: fc.integer({ min: 1, max: 70 }), columns: fc.integer({ min: 1, max: 70 }) },
    depth: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(128, 300)),
    ...{ transposeA: fc.boolean(), transposeB: fc.boolean(), seed: fc.integer() },
  });

  test('a product of any shape and transposition is that of the cpu backend', async () => {
    const property = fc.asyncProperty(sizes, async ({ rows, columns, depth, transposeA, transposeB, seed }) =>
      expectSameOnCpu(
        seed,
        (random) =>
          tf.matMul(
            randomTensor(random, transposed(transposeA, rows, depth)),
            randomTensor(random, transposed(transposeB, depth, columns)),
            transposeA,
            transposeB,
          ),
        Math.max(1e-5, 1e-7 * depth), // a rounding for each number that is added
      ),
    );
    await fc.assert(property, { numRuns: runs(300) });
  });

  test.each([
    [1, 1, 1],
    [5, 8, 3],
    [4, 7, 1],
    [6, 9, 2],
    [1, 100, 128],
    [64, 1, 128],
    [3, 40, 7],
    [11, 17, 300],
    [61, 20, 300], // what does not fill a block of rows is a single row
    [23, 200, 300], // more columns than are packed at once
  ])('a product of %i × %i over %i, in all four transpositions', async (rows, columns, depth) => {
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        await expectSameOnCpu(7, (random) =>
          tf.matMul(
            randomTensor(random, transposed(transposeA, rows, depth)),
            randomTensor(random, transposed(transposeB, depth, columns)),
            transposeA,
            transposeB,
          ),
        );
      }
    }
  });

  test.each([
    [
      [3, 5, 6],
      [3, 6, 9],
    ],
    [
      [3, 5, 6],
      [1, 6, 9],
    ],
    [
      [1, 5, 6],
      [4, 6, 9],
    ],
    [
      [2, 3, 4, 5],
      [2, 3, 5, 6],
    ],
    [
      [2, 1, 4, 5],
      [1, 3, 5, 6],
    ],
  ])('batches %j × %j, broadcast or not', async (left, right) => {
    await expectSameOnCpu(1, (random) => tf.matMul(randomTensor(random, left), randomTensor(random, right)));
  });

  test.each([
    [
      [0, 4],
      [4, 3],
    ],
    [
      [2, 0],
      [0, 3],
    ],
    [
      [2, 4],
      [4, 0],
    ],
  ])('an empty product %j × %j is as empty, or as zero, as TensorFlow.js has it', (left, right) => {
    const product = tf.matMul(tf.zeros(left), tf.zeros(right));
    expect(product.shape).toEqual([left[0], right[1]]);
    expect(product.dataSync().every((value) => value === 0)).toBe(true);
  });

  describe('fused', () => {
    test.each(ACTIVATIONS)('with bias and %s it is that of the cpu backend', async (activation) => {
      const property = fc.asyncProperty(sizes, async ({ rows, columns, depth, ...rest }) => {
        const { transposeA, transposeB, seed } = rest;
        await expectSameOnCpu(seed, (random) =>
          tf.fused.matMul({
            // Sums of about ±2, however long they are.
            a: tf.mul(randomTensor(random, transposed(transposeA, rows, depth)), 6 / Math.sqrt(depth)),
            b: randomTensor(random, transposed(transposeB, depth, columns)),
            ...{ transposeA, transposeB, activation, leakyreluAlpha: 0.3 },
            bias: randomTensor(random, [columns]),
            ...(activation === 'prelu'
              ? { preluActivationWeights: randomTensor<tf.Tensor>(random, [columns]) }
              : {}),
          }),
        );
      });
      await fc.assert(property, { numRuns: runs(60) });
    });

    test('without a bias', async () => {
      await expectSameOnCpu(3, (random) =>
        tf.fused.matMul({
          a: randomTensor(random, [5, 6]),
          b: randomTensor(random, [6, 7]),
          activation: 'relu',
        }),
      );
    });
  });

  test('NaN and infinity come through, and ReLU does not hide them', () => {
    const product = tf.fused.matMul({
      a: tf.tensor2d([NaN, Infinity, -Infinity, 1, 2], [5, 1]),
      b: tf.ones([1, 8]),
      bias: tf.zeros([8]),
      activation: 'relu',
    });
    const firstColumn = Array.from({ length: 5 }, (_, row) => product.dataSync()[8 * row]);
    expect(firstColumn).toEqual([NaN, Infinity, 0, 1, 2]);
  });
}
