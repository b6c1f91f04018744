import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { WasmBackend } from './wasm-backend.js';

/** @throws Error where the backend is built in another way than the kernels know. */
export function memoryOf(backend: KernelBackend): WebAssembly.Memory {
  const { wasm, dataIdMap } = backend as WasmBackend;
  // By its name, since it may come from another realm.
  const isMemory = (value: unknown) =>
    Object.prototype.toString.call(value) === '[object WebAssembly.Memory]';
  const memory = [wasm?.wasmMemory, ...Object.values(wasm?.asm ?? {})].find(isMemory);
  if (memory === undefined) throw new Error('the memory of the WebAssembly backend was not found');
  if (typeof wasm._malloc !== 'function' || typeof dataIdMap?.get !== 'function') {
    throw new Error('the WebAssembly backend is not of version 4.22 of TensorFlow.js');
  }
  return memory as WebAssembly.Memory;
}
