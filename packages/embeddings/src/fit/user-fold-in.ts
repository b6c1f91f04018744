import { createEmbeddingTable, type EmbeddingTable } from '../embedding-table.js';
import { assertHistories, type Histories, type History } from './histories.js';
import { KernelMemory } from '../memory/kernel-memory.js';
import { instantiateRowKernels, type RowKernels } from '../memory/row-kernels.js';
import { LeastSquares, type Groups } from './least-squares.js';
import { countLikesBefore, takeLikes } from './liked-items.js';
import type { FoldInRule, MatrixFactorization } from '../matrix-factorization.js';

/**
 * Finds a user's vector from what they have rated so far, with the items' vectors fixed: by the same
 * regression that fitted the model ({@link MatrixFactorization.foldIn}), and so from nothing that comes
 * later. For users who are new, and for states of the past that must not know the future.
 *
 * Items that the model has no vector for, zeros, teach the user's bias alone.
 */
export class UserFoldIn {
  private readonly memory = new KernelMemory('model');
  private readonly squares: LeastSquares;
  private readonly size: number;
  private readonly itemCount: number;
  private readonly rule: FoldInRule;
  /** Where the items' vectors are. */
  private readonly vectors: number;
  private rows: RowKernels | undefined;

  /**
   * Copies the items' vectors, into a WebAssembly memory of its own. Make it once and keep it: for likes it
   * multiplies all of them.
   */
  constructor({
    items,
    itemBias,
    mean,
    foldIn,
  }: Pick<MatrixFactorization, 'items' | 'itemBias' | 'mean' | 'foldIn'>) {
    this.size = items.size;
    this.itemCount = items.rows;
    this.rule = foldIn;
    this.squares = new LeastSquares(this.memory, items.size, foldIn, mean);
    const side = this.squares.allocateSide(items.rows);
    this.vectors = side.vectors;
    this.memory.floats(side.vectors, items.vectors.length).set(items.vectors);
    if (side.biases !== 0) this.memory.floats(side.biases, items.rows).set(itemBias);
    this.squares.fixPartners(side);
  }

  /**
   * One user's vector and bias. Without ratings, or for a model of likes without likes, they are zeros.
   *
   * @throws RangeError where an item is unknown, a rating is not finite, or the columns differ in length.
   */
  fold({ items, ratings }: History): { vector: Float32Array; bias: number } {
    const { vectors, biases } = this.foldAll({ items, ratings, starts: [0], ends: [items.length] });
    return { vector: vectors.vectors, bias: biases[0]! };
  }

  /**
   * {@link UserFoldIn.fold} of many histories, each a stretch of the same columns: so all prefixes of a
   * log's users fold in without being copied.
   *
   * @returns `vectors`: `[histories, factors]`; `biases`: float32 `[histories]`.
   * @throws RangeError as `fold` does, or where a stretch is not one.
   */
  foldAll(histories: Histories): { vectors: EmbeddingTable; biases: Float32Array } {
    assertHistories(histories, this.itemCount);
    const { memory, size, squares } = this;
    return memory.whileAllocated(() => {
      const users = squares.allocateSide(histories.starts.length);
      squares.solve(this.load(histories), users, 'history');
      const vectors = memory.floats(users.vectors, users.rows * size).slice();
      return {
        vectors: createEmbeddingTable(vectors, size),
        biases:
          users.biases === 0 ? new Float32Array(users.rows) : memory.floats(users.biases, users.rows).slice(),
      };
    });
  }

  /**
   * Writes the inner products of a vector with those of all items.
   *
   * @param vector - float32 `[factors]`
   * @param products - float32 `[items]`
   */
  multiplyItems(vector: Float32Array, products: Float32Array): void {
    const { memory, size, itemCount, vectors } = this;
    const kernels = (this.rows ??= instantiateRowKernels(memory));
    memory.whileAllocated(() => {
      const [x, out] = [memory.allocate(4 * size), memory.allocate(4 * itemCount)];
      memory.floats(x, size).set(vector);
      kernels.dotRows(vectors, size, itemCount, x, out);
      products.set(memory.floats(out, itemCount));
    });
  }

  private load({ items, ratings, starts, ends }: Histories): Groups {
    if (this.rule.kind === 'ratings') {
      return {
        starts: this.loadIntegers(starts),
        ends: this.loadIntegers(ends),
        partners: this.loadIntegers(items),
        ratings: this.loadFloats(ratings),
      };
    }
    const before = countLikesBefore(ratings, this.rule.likedFrom);
    return {
      starts: this.loadIntegers(Int32Array.from(starts, (row) => before[row]!)),
      ends: this.loadIntegers(Int32Array.from(ends, (row) => before[row]!)),
      partners: this.loadIntegers(takeLikes(items, before)),
      ratings: 0,
    };
  }

  private loadIntegers(numbers: ArrayLike<number>): number {
    const address = this.memory.allocate(4 * numbers.length);
    this.memory.integers(address, numbers.length).set(numbers);
    return address;
  }

  private loadFloats(numbers: ArrayLike<number>): number {
    const address = this.memory.allocate(4 * numbers.length);
    this.memory.floats(address, numbers.length).set(numbers);
    return address;
  }
}
