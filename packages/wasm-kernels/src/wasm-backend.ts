import type { DataType, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';

/**
 * What the kernels use of TensorFlow.js's WebAssembly backend. Most of it is not part of its public
 * interface, hence the check at run time.
 */
export interface WasmBackend extends KernelBackend {
  readonly wasm: {
    /** Signed above 2 GiB. */
    _malloc(bytes: number): number;
    _free(address: number): void;
    /** The memory, where the build has threads. */
    readonly wasmMemory?: WebAssembly.Memory;
    /** The module's exports, its memory among them where the build has no threads. */
    readonly asm?: Readonly<Record<string, unknown>>;
  };
  readonly dataIdMap: { get(dataId: object): TensorPlace | undefined };
  makeOutput(shape: readonly number[], dtype: DataType): TensorInfo;
  incRef(dataId: object): void;
}

/** Where a tensor's numbers are, and how many tensors share them. */
export interface TensorPlace {
  readonly memoryOffset: number;
  readonly refCount: number;
}

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
