import type { Room } from '@rl-recsys/wasm-kernels';
import type { HistoryRows } from './history-rows.js';

/** Which item of each user's history is the newest, on addresses. */
export class NewestItems {
  /** int32 `[batch]`: the newest item's place among all `batch · n`; a user's first where there is no item. */
  private readonly places: number;

  constructor(
    private readonly room: Room,
    private readonly rows: HistoryRows,
    private readonly batchSize: number,
    private readonly historySize: number,
  ) {
    this.places = room.take(batchSize);
  }

  /** Looks for them in the histories that the rows hold now. */
  find(): void {
    const { fast } = this.room;
    const { rows, batchSize, historySize } = this;
    const mask = fast.floats(rows.mask, batchSize * historySize);
    const places = fast.integers(this.places, batchSize);
    for (let row = 0; row < batchSize; row++) {
      const first = row * historySize;
      let place = first + historySize - 1;
      while (place > first && mask[place] === 0) place--;
      places[row] = place;
    }
  }

  /** Sets the rows of users without any item to 0, in x `[batch, size]`. */
  clearEmpty(x: number, size: number): void {
    const { fast } = this.room;
    const { batchSize, historySize } = this;
    const mask = fast.floats(this.rows.mask, batchSize * historySize);
    const places = fast.integers(this.places, batchSize);
    const numbers = fast.floats(x, batchSize * size);
    for (let row = 0; row < batchSize; row++) {
      if (mask[places[row]!] === 0) numbers.fill(0, row * size, (row + 1) * size);
    }
  }

  /** Writes the newest items' rows of x `[batch, n, size]` to `out` `[batch, size]`. */
  gather(x: number, out: number, size: number): void {
    const { batchSize, historySize, places } = this;
    this.room.fast.exports.gather(x, batchSize * historySize, places, batchSize, 4 * size, out);
  }

  /** Adds x `[batch, size]` to the newest items' rows of `sum` `[batch, n, size]`: the gradient of `gather`. */
  add(x: number, sum: number, size: number): void {
    const { fast } = this.room;
    const places = fast.integers(this.places, this.batchSize);
    const bytes = 4 * size;
    for (let row = 0; row < places.length; row++) {
      fast.exports.addScaled(x + row * bytes, 1, sum + places[row]! * bytes, bytes);
    }
  }
}
