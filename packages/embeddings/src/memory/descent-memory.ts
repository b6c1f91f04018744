import type { Random } from '@rl-recsys/random';
import { instantiateDescent, type DescentKernels } from './descent-kernels.js';
import { createEmbeddingTable, type EmbeddingTable } from '../embedding-table.js';
import { KernelMemory } from './kernel-memory.js';

/** The kernels take vectors by 8 numbers, `EIGHT` of `assembly/vector.ts`. */
const LANES = 8;

/** The interactions that a descent goes through. */
export interface DescentRows {
  readonly userCount: number;
  readonly itemCount: number;
  /** int32 `[rows]` */
  readonly users: Int32Array;
  /** int32 `[rows]` */
  readonly items: Int32Array;
}

/** Where the kernels find what: bytes from the memory's start. */
export interface DescentAddresses {
  /** uint32 `[rows]`: in which order to visit them. */
  readonly order: number;
  /** uint32 `[rows]` */
  readonly rowUsers: number;
  /** uint32 `[rows]` */
  readonly rowItems: number;
  /** 4 bytes a row for what else it has: a rating, or another item. */
  readonly rowValues: number;
  /** float32 `[userCount, stride / 4]` */
  readonly users: number;
  /** float32 `[itemCount, stride / 4]` */
  readonly items: number;
  /** float32 `[userCount]` */
  readonly userBias: number;
  /** float32 `[itemCount]` */
  readonly itemBias: number;
}

/** Interactions, and the vectors and biases fitted to them, where the kernels of gradient descent work. */
export class DescentMemory {
  private readonly memory = new KernelMemory('log');
  readonly kernels: DescentKernels = instantiateDescent(this.memory);
  readonly at: DescentAddresses;
  /** Bytes from one vector to the next. */
  readonly stride: number;

  /** @throws RangeError where all of it takes more than 4 GiB, or than there is. */
  constructor(
    private readonly rows: DescentRows,
    private readonly factors: number,
  ) {
    const { memory } = this;
    const { userCount, itemCount, users, items } = rows;
    this.stride = 4 * LANES * Math.ceil(factors / LANES);
    this.at = {
      order: memory.allocate(4 * users.length),
      rowUsers: memory.allocate(4 * users.length),
      rowItems: memory.allocate(4 * users.length),
      rowValues: memory.allocate(4 * users.length),
      users: memory.allocate(userCount * this.stride),
      items: memory.allocate(itemCount * this.stride),
      userBias: memory.allocate(4 * userCount),
      itemBias: memory.allocate(4 * itemCount),
    };
    memory.integers(this.at.rowUsers, users.length).set(users);
    memory.integers(this.at.rowItems, items.length).set(items);
    this.order.forEach((_, row, order) => (order[row] = row));
  }

  /** int32 `[rows]` */
  get order(): Int32Array {
    return this.memory.integers(this.at.order, this.rows.users.length);
  }

  /** `rowValues` as float32 `[rows]`. */
  get ratings(): Float32Array {
    return this.memory.floats(this.at.rowValues, this.rows.users.length);
  }

  /** `rowValues` as int32 `[rows]`. */
  get others(): Int32Array {
    return this.memory.integers(this.at.rowValues, this.rows.users.length);
  }

  /** Draws a vector for each user and item of a row, of about this length; the others stay zeros. */
  drawVectors(random: Random, length: number): void {
    const counts = { users: this.rows.userCount, items: this.rows.itemCount };
    for (const side of ['users', 'items'] as const) {
      const draws = random.fork(side);
      const met = new Uint8Array(counts[side]);
      for (const index of this.rows[side]) met[index] = 1;
      met.forEach((isMet, index) => {
        if (isMet === 0) return;
        const vector = this.memory.floats(this.at[side] + index * this.stride, this.factors);
        for (let k = 0; k < this.factors; k++)
          vector[k] = (length / Math.sqrt(this.factors)) * draws.normal();
      });
    }
  }

  /**
   * Copies of the vectors and biases.
   *
   * @throws RangeError where one of the numbers is not finite.
   */
  copyFactors(): {
    users: EmbeddingTable;
    items: EmbeddingTable;
    userBias: Float32Array;
    itemBias: Float32Array;
  } {
    const { userCount, itemCount } = this.rows;
    const userBias = this.memory.floats(this.at.userBias, userCount).slice();
    const itemBias = this.memory.floats(this.at.itemBias, itemCount).slice();
    const users = this.copyVectors(this.at.users, userCount);
    const items = this.copyVectors(this.at.items, itemCount);
    for (const numbers of [userBias, itemBias, users, items]) {
      const bad = numbers.find((value) => !Number.isFinite(value));
      if (bad !== undefined) {
        throw new RangeError(`learningRate: expected one at which the fit converges, but it came to ${bad}`);
      }
    }
    return {
      users: createEmbeddingTable(users, this.factors),
      items: createEmbeddingTable(items, this.factors),
      userBias,
      itemBias,
    };
  }

  private copyVectors(address: number, rows: number): Float32Array {
    const vectors = new Float32Array(rows * this.factors);
    for (let row = 0; row < rows; row++) {
      vectors.set(this.memory.floats(address + row * this.stride, this.factors), row * this.factors);
    }
    return vectors;
  }
}
