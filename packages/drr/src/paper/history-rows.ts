import type { Room } from '@rl-recsys/wasm-kernels';
import { assertHistories, type EmbeddingTables, type Histories } from '../tables.js';
import { writeRows, type UploadedTables } from '../uploaded-tables.js';

/** What an encoder by hand looks histories up in, and how many it has room for. */
export interface FusedEncoderOptions {
  readonly tables: EmbeddingTables;
  /** The same tables; they stay their owner's. */
  readonly uploaded: UploadedTables;
  /** n */
  readonly historySize: number;
  readonly batchSize: number;
}

/** A batch of users and their histories as rows of the tables, on addresses. */
export class HistoryRows {
  /** int32 `[batch]` */
  readonly users: number;
  /** int32 `[batch, n]`, 0 at padding. */
  readonly items: number;
  /** `[batch, n]`: 1 at an item, 0 at padding. */
  readonly mask: number;

  constructor(
    private readonly room: Room,
    private readonly options: FusedEncoderOptions,
  ) {
    const { batchSize, historySize } = options;
    this.users = room.take(batchSize);
    this.items = room.take(batchSize * historySize);
    this.mask = room.take(batchSize * historySize);
  }

  /** @throws RangeError where an index is in no table, or there are not as many as in a batch. */
  write(histories: Histories): void {
    const { tables, historySize, batchSize } = this.options;
    const { fast } = this.room;
    assertHistories(tables, histories, historySize);
    if (histories.user.length !== batchSize) {
      throw new RangeError(`user: expected ${batchSize} indices, got ${histories.user.length}`);
    }
    const count = batchSize * historySize;
    fast.integers(this.users, batchSize).set(histories.user);
    writeRows(histories, fast.integers(this.items, count), fast.floats(this.mask, count));
  }

  /** Copies the users' vectors to the beginnings of states, which lie `stride` bytes apart; `scratch` is `[batch, k]`. */
  writeUsers(scratch: number, states: number, stride: number): void {
    const { fast } = this.room;
    const { uploaded, batchSize } = this.options;
    const [table, k] = uploaded.users.shape;
    fast.exports.gather(fast.addressOf(uploaded.users), table, this.users, batchSize, 4 * k, scratch);
    fast.exports.copyColumns(scratch, 4 * k, states, stride, batchSize, 4 * k);
  }
}
