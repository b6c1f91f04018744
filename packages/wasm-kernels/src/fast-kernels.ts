import * as tf from '@tensorflow/tfjs-core';
import type { HelperThreads } from './threads/helper-threads.js';
import type { KernelExports } from './kernel-exports.js';
import { scratchBytes } from './mat-mul-scratch.js';
import type { TensorPlace, WasmBackend } from './wasm-backend.js';

/** What is done to a product on its way to memory: addresses, 0 for none, and one of ACTIVATIONS. */
export interface Epilogue {
  readonly bias?: number;
  readonly kind?: number;
  /** Below 0, of a leaky ReLU. */
  readonly slope?: number;
  /** `[columns]`, those of a parametric ReLU. */
  readonly slopes?: number;
}

const NO_EPILOGUE: Epilogue = {};

/**
 * Compiled kernels and the memory that they share with TensorFlow.js. Addresses are in bytes and stay
 * good; views of the memory are cut off when it grows, so take them last and don't keep them.
 */
export class FastKernels {
  private scratchAddress = 0;
  private scratchBytes = 0;

  constructor(
    /** @internal */
    readonly backend: WasmBackend,
    private readonly memory: { readonly buffer: ArrayBuffer },
    /** The kernels themselves, on addresses. */
    readonly exports: KernelExports,
    private readonly helpers?: HelperThreads,
  ) {}

  /**
   * Where a tensor's numbers are; they move when the tensor is assigned to.
   *
   * @throws Error where it was disposed.
   */
  addressOf(tensor: Pick<tf.TensorInfo, 'dataId'>): number {
    return this.placeOf(tensor).memoryOffset;
  }

  /** Room for `length` numbers of 4 bytes, aligned to 16; the caller frees it. */
  allocate(length: number): number {
    const address = this.backend.wasm._malloc(4 * length) >>> 0;
    if (address === 0) throw new RangeError(`length: expected room for ${length} numbers, got none`);
    return address;
  }

  free(address: number): void {
    this.backend.wasm._free(address);
  }

  /** A view of numbers in the memory. */
  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length);
  }

  /** A view of integers in the memory. */
  integers(address: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, address, length);
  }

  /** At least `bytes` bytes that hold until the next call of this. */
  scratch(bytes: number): number {
    if (bytes > this.scratchBytes) {
      if (this.scratchBytes > 0) this.free(this.scratchAddress);
      this.scratchAddress = this.allocate(Math.ceil(bytes / 4));
      this.scratchBytes = bytes;
    }
    return this.scratchAddress;
  }

  /** Scratch for a matrix product over `depth` numbers, that holds until the next call of this class. */
  productScratch(depth: number): number {
    return this.scratch(scratchBytes(depth));
  }

  /** C = f(op(A) · op(B) + bias), where none has gaps between its rows; see KernelExports. */
  matMul(
    transposeA: boolean,
    transposeB: boolean,
    rows: number,
    columns: number,
    depth: number,
    a: number,
    b: number,
    c: number,
    { bias = 0, kind = 0, slope = 0, slopes = 0 }: Epilogue = NO_EPILOGUE,
  ): void {
    const scratch = this.productScratch(depth);
    if (this.helpers) {
      const product = { transposeA, transposeB, rows, columns, depth, a, b, c, bias, kind, slope, slopes };
      if (this.helpers.multiply(product, this, scratch)) return;
    }
    this.exports.matMul(
      +transposeA,
      +transposeB,
      rows,
      columns,
      depth,
      a,
      transposeA ? rows : depth,
      b,
      c,
      bias,
      kind,
      slope,
      slopes,
      scratch,
    );
  }

  /**
   * The address of a variable's numbers, for an update in place: where another tensor shares them
   * (`assign`, `setWeights`, a clone or a reshape does that) the variable first gets a copy of its own.
   */
  ownAddress(variable: tf.Variable): number {
    const { memoryOffset, refCount } = this.placeOf(variable);
    if (refCount <= 1) return memoryOffset;
    const copy = this.backend.makeOutput(variable.shape, variable.dtype);
    this.floats(this.addressOf(copy), variable.size).set(this.floats(memoryOffset, variable.size));
    const tensor = tf.engine().makeTensorFromTensorInfo(copy);
    variable.assign(tensor);
    tensor.dispose();
    return this.addressOf(variable);
  }

  private placeOf({ dataId }: Pick<tf.TensorInfo, 'dataId'>): TensorPlace {
    const place = this.backend.dataIdMap.get(dataId);
    if (place) return place;
    throw new Error('tensor: expected one in use, got one that was disposed');
  }
}

let installed: FastKernels | undefined;

/** The kernels, where they are installed and the backend that they belong to is in use. */
export function activeKernels(): FastKernels | undefined {
  return installed !== undefined && tf.backend() === installed.backend ? installed : undefined;
}

/** @internal */
export function setInstalledKernels(kernels: FastKernels): void {
  installed = kernels;
}
