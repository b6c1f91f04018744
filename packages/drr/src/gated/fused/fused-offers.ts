import { NO_ITEM } from '@rl-recsys/environment';
import type { Room } from '@rl-recsys/wasm-kernels';
import type { PoolTensors } from '../pool-tensors.js';

/** Rows of the pools that are offered, on addresses: `[rows, count]` of them, at most as many as there is room for. */
export class FusedOffers {
  /** z `[rows, count, blocks]`: what the blocks give each; those of the pools' first row where there is none, like the item. */
  readonly scores: number;
  /** int32 `[rows, count]`: the item of each. */
  readonly items: number;
  /** `[rows, count]`: 1 at a candidate, 0 where there is none. */
  readonly mask: number;
  /** How many rows there are now. */
  rows = 0;
  private readonly poolRows: number;

  constructor(
    private readonly room: Room,
    private readonly tensors: PoolTensors,
    private readonly sizes: { readonly capacity: number; readonly count: number },
  ) {
    const length = sizes.capacity * sizes.count;
    this.scores = room.take(length * this.blockCount);
    this.items = room.take(length);
    this.mask = room.take(length);
    this.poolRows = room.take(length);
  }

  get blockCount(): number {
    return this.tensors.pools.blockCount;
  }

  /** How many each row is offered. */
  get count(): number {
    return this.sizes.count;
  }

  /**
   * Takes rows of the pools int32 `[rows · count]`, −1 where there is none.
   *
   * @throws RangeError where a row is in no pool.
   */
  write(rows: Int32Array): void {
    const { fast } = this.room;
    const { tensors, poolRows, blockCount } = this;
    const { length } = rows;
    tensors.assertPoolRows(rows);
    this.rows = length / this.sizes.count;
    const [chosen, mask] = [fast.integers(poolRows, length), fast.floats(this.mask, length)];
    for (let place = 0; place < length; place++) {
      const isThere = rows[place] !== NO_ITEM;
      chosen[place] = isThere ? rows[place]! : 0;
      mask[place] = isThere ? 1 : 0;
    }
    const [all] = tensors.itemOfRow.shape;
    fast.exports.gather(fast.addressOf(tensors.itemOfRow), all, poolRows, length, 4, this.items);
    fast.exports.gather(fast.addressOf(tensors.scores), all, poolRows, length, 4 * blockCount, this.scores);
  }
}
