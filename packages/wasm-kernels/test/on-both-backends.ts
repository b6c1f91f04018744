import { Random } from '@rl-recsys/random';
import { expect } from '@jest/globals';
import * as tf from '@tensorflow/tfjs-core';
import { installFastKernels } from '../src/index.js';

/** Installs the kernels; a test of kernels that are not there would say nothing. */
export async function install(relaxedSimd: boolean): Promise<void> {
  expect(await installFastKernels({ relaxedSimd })).toEqual({ active: true, relaxedSimd, threads: 1 });
}

/** Numbers from −1 to 1 in a tensor. */
export function randomTensor<T extends tf.Tensor>(random: Random, shape: number[]): T {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Float32Array.from({ length: size }, () => 2 * random.uniform() - 1);
  return tf.tensor(values, shape) as T;
}

/**
 * Computes the same on the WebAssembly and on the cpu backend, and expects the same shapes, and numbers
 * that differ by at most a tolerance of themselves, or of 1 where they are smaller.
 *
 * @param compute - makes its tensors itself, and draws from a stream that begins anew.
 * @param tolerance - more where many float32 numbers are added up in another order.
 */
export async function expectSameOnCpu(
  seed: number | string,
  compute: (random: Random) => tf.Tensor | tf.Tensor[],
  tolerance = 1e-5,
): Promise<void> {
  const results = [];
  for (const backend of ['wasm', 'cpu']) {
    await tf.setBackend(backend);
    const tensors = tf.tidy(() => compute(Random.fromSeed(seed)));
    results.push(
      [tensors].flat().map((tensor) => ({ shape: tensor.shape, values: tensor.dataSync().slice() })),
    );
    tf.dispose(tensors);
  }
  await tf.setBackend('wasm');
  const [ours, theirs] = results;
  expect(ours!.map(({ shape }) => shape)).toEqual(theirs!.map(({ shape }) => shape));
  for (const [index, { values }] of theirs!.entries()) {
    values.forEach((expected, place) => {
      const got = ours![index]!.values[place]!;
      if (Object.is(got, expected)) return;
      if (!(Math.abs(got - expected) <= tolerance * Math.max(1, Math.abs(expected)))) {
        throw new Error(`result ${index}[${place}]: expected ${expected}, got ${got}`);
      }
    });
  }
}
