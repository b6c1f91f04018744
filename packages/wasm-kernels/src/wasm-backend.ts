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
    readonly wasmMemory?: unknown;
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
