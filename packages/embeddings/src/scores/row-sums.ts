import { KernelMemory } from '../memory/kernel-memory.js';
import { instantiateRowKernels, type RowKernels } from '../memory/row-kernels.js';

/** Rows that wait to be added together. */
const WAITING = 256;

/** Sums of rows of a matrix, each times a factor, in a WebAssembly memory that holds a copy of it. */
export class RowSums {
  private readonly kernels: RowKernels;
  private readonly matrix: number;
  private readonly rows: Int32Array;
  private readonly factors: Float32Array;
  private readonly sums: Float32Array;
  private count = 0;

  /** @param matrix - float32 `[any, columns]` */
  constructor(
    matrix: Float32Array,
    private readonly columns: number,
  ) {
    const memory = new KernelMemory('weights');
    this.matrix = memory.allocate(4 * matrix.length);
    const [rows, factors] = [memory.allocate(4 * WAITING), memory.allocate(4 * WAITING)];
    const sums = memory.allocate(4 * columns);
    memory.floats(this.matrix, matrix.length).set(matrix);
    this.rows = memory.integers(rows, WAITING);
    this.factors = memory.floats(factors, WAITING);
    this.sums = memory.floats(sums, columns);
    this.kernels = instantiateRowKernels(memory);
  }

  /** Forgets what was added. */
  begin(): void {
    this.sums.fill(0);
    this.count = 0;
  }

  /** Adds a row times a factor. */
  add(row: number, factor: number): void {
    if (this.count === WAITING) this.flush();
    this.rows[this.count] = row;
    this.factors[this.count++] = factor;
  }

  /** Writes the sums: float32 `[columns]`. */
  end(to: Float32Array): void {
    this.flush();
    to.set(this.sums);
  }

  private flush(): void {
    const { kernels, matrix, columns, rows, factors, sums, count } = this;
    kernels.addRows(matrix, columns, rows.byteOffset, factors.byteOffset, count, sums.byteOffset);
    this.count = 0;
  }
}

/** One copy of each matrix, however many scorers look at it. */
const shared = new WeakMap<Float32Array, RowSums>();

/** The sums of rows of a matrix: the same for the same array, of which it is a copy; one after the other may use it. */
export function rowSumsOf(matrix: Float32Array, columns: number): RowSums {
  let sums = shared.get(matrix);
  if (!sums) shared.set(matrix, (sums = new RowSums(matrix, columns)));
  return sums;
}
