import { Random } from '@rl-recsys/random';
import * as tf from '@tensorflow/tfjs-core';
import { expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { runs } from '@rl-recsys/testing';
import { FastKernels } from '../../src/index.js';
import { RELAXED_KERNELS } from '../../src/generated/kernels.js';
import { HelperThreads } from '../../src/threads/helper-threads.js';
import { link } from '../../src/link.js';
import { hasRelaxedSimd } from '../../src/relaxed-simd.js';
import { memoryOf } from '../../src/memory-of.js';
import type { WasmBackend } from '../../src/wasm-backend.js';

expect(hasRelaxedSimd()).toBe(true);
const backend = tf.backend() as WasmBackend;
const exports = await link(RELAXED_KERNELS, memoryOf(backend));
const alone = new FastKernels(backend, memoryOf(backend), exports);
const [two, four] = await Promise.all(
  [2, 4].map(async (threads) => {
    const helpers = await HelperThreads.start(RELAXED_KERNELS, threads);
    return { helpers, fast: new FastKernels(backend, memoryOf(backend), exports, helpers) };
  }),
);
const tookPart = jest.spyOn(HelperThreads.prototype, 'multiply');

interface Shape {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
}

/** The product of random matrices, with a bias, by some threads; and whether they shared it out. */
function multiply(fast: FastKernels, { transposeA, transposeB, rows, columns, depth }: Shape, kind: number) {
  const random = Random.fromSeed(rows);
  const sizes = [rows * depth, depth * columns, columns, rows * columns];
  const [a, b, bias, c] = sizes.map((size) => fast.allocate(size)) as [number, number, number, number];
  for (const [address, size] of [
    [a, sizes[0]!] as const,
    [b, sizes[1]!] as const,
    [bias, columns] as const,
  ]) {
    fast.floats(address, size).set(Float32Array.from({ length: size }, () => 2 * random.uniform() - 1));
  }
  fast.floats(c, sizes[3]!).fill(NaN);
  tookPart.mockClear();
  fast.matMul(transposeA, transposeB, rows, columns, depth, a, b, c, { bias, kind });
  const product = fast.floats(c, sizes[3]!).slice();
  for (const address of [a, b, bias, c]) fast.free(address);
  return { product, shared: tookPart.mock.results[0]?.value === true };
}

/** Compared at once: number by number takes longer than the products. */
function haveSameBits(one: Float32Array, other: Float32Array): boolean {
  const [a, b] = [one, other].map((numbers) =>
    Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength),
  );
  return a!.equals(b!);
}

test('a product by two or four threads has the bits of one by one', () => {
  let shared = 0;
  const shapes = fc.record({
    ...{ transposeA: fc.boolean(), transposeB: fc.boolean() },
    rows: fc.integer({ min: 1, max: 300 }),
    columns: fc.integer({ min: 1, max: 200 }),
    depth: fc.integer({ min: 1, max: 320 }),
  });
  const property = fc.property(shapes, fc.integer({ min: 0, max: 3 }), (shape, kind) => {
    const { product } = multiply(alone, shape, kind);
    for (const { fast } of [two!, four!]) {
      const theirs = multiply(fast, shape, kind);
      expect(haveSameBits(theirs.product, product)).toBe(true);
      if (theirs.shared) shared += 1;
    }
  });
  fc.assert(property, { numRuns: runs(200) });
  expect(shared).toBeGreaterThan(runs(100));
});

test('one that needs more than the first memory makes it grow, and the next is right too', () => {
  const large = { transposeA: false, transposeB: true, rows: 500, columns: 900, depth: 1000 };
  for (const shape of [large, { ...large, rows: 100, columns: 100 }]) {
    const theirs = multiply(four!.fast, shape, 1);
    expect(theirs.shared).toBe(true);
    expect(haveSameBits(theirs.product, multiply(alone, shape, 1).product)).toBe(true);
  }
});

test('where a helper does not come the caller computes its rows', () => {
  const shape = { transposeA: true, transposeB: false, rows: 300, columns: 128, depth: 64 };
  const { product } = multiply(alone, shape, 0);
  const notify = jest.spyOn(Atomics, 'notify').mockReturnValue(0);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50); // until all helpers sleep
  const theirs = multiply(four!.fast, shape, 0);
  notify.mockRestore();
  expect(theirs).toEqual({ product, shared: true });
  expect(multiply(four!.fast, shape, 0)).toEqual({ product, shared: true });
});

test('where a helper has ended in the midst of its share the caller computes it, and asks none again', async () => {
  const shape = { transposeA: false, transposeB: false, rows: 300, columns: 128, depth: 64 };
  const { product } = multiply(alone, shape, 0);
  const helpers = await HelperThreads.start(RELAXED_KERNELS, 2);
  const fast = new FastKernels(backend, memoryOf(backend), exports, helpers);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300); // until the helper sleeps
  let now = 0;
  const mocks = [
    jest.spyOn(Atomics, 'notify').mockReturnValue(0),
    jest.spyOn(Atomics, 'compareExchange').mockReturnValue(-9 as never), // taken, but never finished
    jest.spyOn(performance, 'now').mockImplementation(() => (now += 60_000)),
  ];
  const warn = jest.spyOn(console, 'warn').mockReturnValue(undefined);
  const theirs = multiply(fast, shape, 0);
  for (const mock of mocks) mock.mockRestore();
  expect(theirs).toEqual({ product, shared: true });
  expect(warn.mock.calls.flat()).toEqual([expect.stringContaining('a helper thread gave no answer')]);
  expect(multiply(fast, shape, 0)).toEqual({ product, shared: false });
  warn.mockRestore();
});

test('small products, and those with slopes, are the caller’s', () => {
  const small = { transposeA: false, transposeB: false, rows: 64, columns: 16, depth: 64 };
  expect(multiply(two!.fast, small, 0).shared).toBe(false);
  const { helpers } = two!;
  const product = { ...small, rows: 6400, a: 0, b: 0, c: 0, bias: 0, kind: 0, slope: 0.1, slopes: 0 };
  expect(helpers.multiply(product, two!.fast, 0)).toBe(false);
});
