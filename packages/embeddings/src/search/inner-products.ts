import type { EmbeddingTable } from '../embedding-table.js';
import { KernelMemory } from '../memory/kernel-memory.js';
import { BLOCK_ROWS, instantiateKernels, type SearchKernels } from '../memory/search-kernels.js';
import { assertTable } from './search-arguments.js';

/** A table in blocks, as the kernels read it. */
interface PackedTable {
  readonly rows: number;
  readonly size: number;
  readonly blocks: number;
  readonly address: number;
}

/**
 * The inner products of all rows of a table with vectors, by SIMD in WebAssembly: scores of a whole catalogue, or a dense layer
 * whose units' weights are rows. Several tables share one memory.
 *
 * Each is added up in float32, dimension after dimension, so that it is the same alone and in a batch.
 */
export class InnerProducts {
  private readonly memory: KernelMemory = new KernelMemory('tables');
  private readonly kernels: SearchKernels = instantiateKernels(this.memory.memory);
  private readonly tables: readonly PackedTable[];

  /**
   * Copies the tables, which may change or go afterwards.
   *
   * @throws RangeError where a table's numbers are not rows × size, or all take more than 4 GiB.
   */
  constructor(tables: readonly EmbeddingTable[]) {
    for (const table of tables) assertTable(table);
    this.tables = tables.map((table) => this.pack(table));
  }

  /**
   * @param table - which one, by its place.
   * @param vectors - float32 `[batch, size]`; may be empty.
   * @returns float32 `[batch, rows]`
   * @throws RangeError where there is no such table, or the vectors are of another size.
   */
  of(table: number, vectors: Float32Array): Float32Array {
    const packed = this.tables[table];
    if (!packed) throw new RangeError(`table: expected 0 to ${this.tables.length - 1}, got ${table}`);
    const { rows, size, blocks, address } = packed;
    if (vectors.length % size !== 0) {
      throw new RangeError(`vectors: expected a multiple of ${size} numbers, got ${vectors.length}`);
    }
    const { memory, kernels } = this;
    const batch = vectors.length / size;
    const products = new Float32Array(batch * rows);
    memory.whileAllocated(() => {
      const from = memory.allocate(4 * vectors.length);
      const to = memory.allocate(4 * batch * blocks * BLOCK_ROWS);
      memory.floats(from, vectors.length).set(vectors);
      kernels.scoreAll(address, blocks, size, from, batch, to);
      const padded = memory.floats(to, batch * blocks * BLOCK_ROWS);
      for (let row = 0; row < batch; row++) {
        const start = row * blocks * BLOCK_ROWS;
        products.set(padded.subarray(start, start + rows), row * rows);
      }
    });
    return products;
  }

  private pack({ rows, size, vectors }: EmbeddingTable): PackedTable {
    const { memory, kernels } = this;
    const blocks = Math.ceil(rows / BLOCK_ROWS);
    const address = memory.allocate(4 * blocks * BLOCK_ROWS * size);
    for (let first = 0; first < rows; first += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, rows - first);
      memory.whileAllocated(() => {
        const from = memory.allocate(4 * count * size);
        memory.floats(from, count * size).set(vectors.subarray(first * size, (first + count) * size));
        kernels.packBlock(from, count, size, address + 4 * first * size);
      });
    }
    return { rows, size, blocks, address };
  }
}
