import { KernelMemory } from '../memory/kernel-memory.js';
import { instantiateRowKernels, type RowKernels } from '../memory/row-kernels.js';

/** Products of the rows of a matrix with a vector, in a WebAssembly memory that holds a copy of it. */
export class RowDots {
  /** float32 `[size]`: what rows are multiplied by. */
  readonly x: Float32Array;
  /** float32 `[rows]`: the products. */
  readonly products: Float32Array;
  private readonly kernels: RowKernels;
  private readonly matrix: number;

  /** @param matrix - float32 `[rows, size]` */
  constructor(
    matrix: Float32Array,
    private readonly size: number,
  ) {
    const memory = new KernelMemory('vectors');
    const rows = matrix.length / size;
    this.matrix = memory.allocate(4 * matrix.length);
    const [x, products] = [memory.allocate(4 * size), memory.allocate(4 * rows)];
    memory.floats(this.matrix, matrix.length).set(matrix);
    this.x = memory.floats(x, size);
    this.products = memory.floats(products, rows);
    this.kernels = instantiateRowKernels(memory);
  }

  /** Computes the products of the rows from `first` to before `end`. */
  compute(first: number = 0, end: number = this.products.length): void {
    const { kernels, matrix, size, x, products } = this;
    const [from, to] = [matrix + 4 * first * size, products.byteOffset + 4 * first];
    kernels.dotRows(from, size, end - first, x.byteOffset, to);
  }
}
