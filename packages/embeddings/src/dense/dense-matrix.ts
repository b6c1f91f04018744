import type { KernelMemory } from '../memory/kernel-memory.js';

/** Columns of a panel, as `assembly/panels.ts` has them. */
export const PANEL = 8;

/** A square matrix of float32 in a WebAssembly memory, with zeros in rows and columns up to a whole number of panels. */
export class DenseMatrix {
  /** Rows with those that fill it up, a multiple of 8. */
  readonly rows: number;
  /** Numbers from one row to the next: no power of two, or a column's would all fall into the same places of a cache. */
  readonly stride: number;
  private readonly address: number;

  constructor(
    private readonly memory: KernelMemory,
    readonly size: number,
  ) {
    this.rows = PANEL * Math.ceil(size / PANEL);
    this.stride = 32 * Math.ceil(this.rows / 32) + 16;
    this.address = memory.allocate(4 * this.stride * this.rows);
  }

  /** The address of a number. */
  at(row: number, column: number): number {
    return this.address + 4 * (row * this.stride + column);
  }

  /** float32 `[rows, stride]`: a view until something is allocated. */
  numbers(): Float32Array {
    return this.memory.floats(this.address, this.rows * this.stride);
  }

  /** Adds a number to the diagonal, where zeros fill the matrix up too. */
  addDiagonal(value: number): void {
    const numbers = this.numbers();
    for (let row = 0; row < this.rows; row++) numbers[row * (this.stride + 1)]! += value;
  }

  /** A copy of the diagonal: float32 `[rows]`. */
  diagonal(): Float32Array {
    const numbers = this.numbers();
    return Float32Array.from({ length: this.rows }, (_, row) => numbers[row * (this.stride + 1)]!);
  }

  /** Writes zeros to a part. */
  clear(row: number, rows: number, column: number, columns: number): void {
    const numbers = this.numbers();
    for (let each = row; each < row + rows; each++) {
      numbers.fill(0, each * this.stride + column, each * this.stride + column + columns);
    }
  }

  /** A copy of a square on the diagonal: float64 `[size, size]`. */
  block(first: number, size: number): Float64Array {
    const numbers = this.numbers();
    const block = new Float64Array(size * size);
    for (let row = 0; row < size; row++) {
      const from = (first + row) * this.stride + first;
      block.set(numbers.subarray(from, from + size), row * size);
    }
    return block;
  }

  /** Copies what is right of the diagonal to what is left of it. */
  mirror(): void {
    const { rows, stride } = this;
    const numbers = this.numbers();
    // By squares, of which both sides stay in the cache.
    for (let top = 0; top < rows; top += PANEL) {
      for (let left = top; left < rows; left += PANEL) {
        for (let row = top; row < top + PANEL; row++) {
          for (let column = Math.max(left, row + 1); column < left + PANEL; column++) {
            numbers[column * stride + row] = numbers[row * stride + column]!;
          }
        }
      }
    }
  }

  /** A copy without what fills it up: float32 `[size, size]`. */
  copy(): Float32Array {
    const { size, stride } = this;
    const numbers = this.numbers();
    const copied = new Float32Array(size * size);
    for (let row = 0; row < size; row++) {
      copied.set(numbers.subarray(row * stride, row * stride + size), row * size);
    }
    return copied;
  }
}
