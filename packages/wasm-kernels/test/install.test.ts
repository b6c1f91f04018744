import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, jest, test } from '@jest/globals';
import { KERNELS } from '../src/generated/kernels.js';
import { activeKernels, FastKernels, installFastKernels } from '../src/index.js';
import { link } from '../src/link.js';
import { selfTest } from '../src/self-test.js';
import { memoryOf } from '../src/memory-of.js';
import type { WasmBackend } from '../src/wasm-backend.js';

const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
afterEach(async () => {
  warn.mockClear();
  await tf.setBackend('wasm');
});

test('on another backend one warning says what to do, and nothing changes', async () => {
  await tf.setBackend('cpu');
  const reason = "the backend is cpu; call tf.setBackend('wasm') first";
  expect(await installFastKernels()).toEqual({ active: false, relaxedSimd: false, threads: 1, reason });
  expect(warn.mock.calls).toEqual([[`@rl-recsys/wasm-kernels: training stays slow, because ${reason}.`]]);
  expect(tf.matMul(tf.ones([2, 2]), tf.ones([2, 2])).dataSync()[0]).toBe(2);
});

test('a memory that is not found leaves the stock kernels', async () => {
  const backend = tf.backend() as unknown as { wasm: object };
  const { wasm } = backend;
  const before = tf.getKernel('BatchMatMul', 'wasm');
  backend.wasm = Object.create(wasm, { asm: { value: {} }, wasmMemory: { value: undefined } }) as object;
  const report = await installFastKernels();
  backend.wasm = wasm;
  expect(report.reason).toBe('the memory of the WebAssembly backend was not found');
  expect(tf.getKernel('BatchMatMul', 'wasm')).toBe(before);
  expect(activeKernels()).toBeUndefined();
});

test('kernels that compute nonsense are found out', async () => {
  const backend = tf.backend() as WasmBackend;
  const exports = await link(KERNELS, memoryOf(backend));
  const broken = new FastKernels(backend, memoryOf(backend), { ...exports, matMul: () => {} });
  expect(() => selfTest(broken)).toThrow(/^the self-test computed .* where .* was right$/);
});

test('the same kernels link to a shared memory, as the threaded build has', async () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
  const kernels = await link(KERNELS, memory);
  const numbers = new Float32Array(memory.buffer, 0, 2);
  numbers.set([1, 3]);
  kernels.softUpdate(0, 4, 1, 0.5);
  expect(numbers[0]).toBe(2);
});

test.each([0, 1.5, NaN, 1e9])('%d threads are refused', async (threads) => {
  const message = `threads: expected a whole number from 1 to 64, got ${threads}`;
  await expect(installFastKernels({ threads })).rejects.toThrow(new RangeError(message));
});

test('without memory to share one warning says so, and one thread computes', async () => {
  const { SharedArrayBuffer: before } = globalThis;
  Object.assign(globalThis, { SharedArrayBuffer: undefined });
  const report = await installFastKernels({ threads: 2 });
  Object.assign(globalThis, { SharedArrayBuffer: before });
  expect(report).toEqual({ active: true, relaxedSimd: true, threads: 1 });
  const reason = 'only a page that is isolated from other origins has memory to share';
  expect(warn.mock.calls).toEqual([[`@rl-recsys/wasm-kernels: one thread computes, because ${reason}.`]]);
});

test('installing twice is installing once, and they are active on their backend alone', async () => {
  const first = await installFastKernels();
  expect(first).toEqual({ active: true, relaxedSimd: true, threads: 1 });
  const kernel = tf.getKernel('BatchMatMul', 'wasm');
  expect(await installFastKernels({ relaxedSimd: false })).toBe(first);
  expect(tf.getKernel('BatchMatMul', 'wasm')).toBe(kernel);
  await tf.setBackend('cpu');
  expect(activeKernels()).toBeUndefined();
  await tf.setBackend('wasm');
  expect(activeKernels()).toBeDefined();
  expect(warn).not.toHaveBeenCalled();
});
