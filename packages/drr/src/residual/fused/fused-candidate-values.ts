import { DenseStackBuffers, type Room } from '@rl-recsys/wasm-kernels';
import type { ItemCritic } from '../item-critic.js';
import type { FusedBlocks } from './fuse.js';
import type { FusedCritic } from './fused-critic.js';
import type { FusedHistories } from './fused-histories.js';

/** `ItemCritic.valuesOf` on addresses: the values of several items of each row, of which it writes no product. */
export class FusedCandidateValues {
  /** x' and x side by side, `[batch, count, 2k]`. */
  private readonly inputs: number;
  private readonly standardX: number;
  /** `[batch, hidden]`: what a row adds to the first layer of each of its items. */
  private readonly ofRow: number;
  private readonly mixed: number;
  private readonly first: number;
  private readonly others: DenseStackBuffers;

  constructor(
    private readonly room: Room,
    private readonly critic: FusedCritic,
    private readonly network: ItemCritic,
    private readonly blocks: FusedBlocks,
    private readonly sizes: { readonly batch: number; readonly count: number; readonly k: number },
  ) {
    const { batch, count, k } = sizes;
    const { hiddenSize } = network.options;
    this.inputs = room.take(batch * count * 2 * k);
    this.standardX = room.take(batch * count * k);
    this.ofRow = room.take(batch * hiddenSize);
    this.mixed = room.take(2 * k * hiddenSize);
    this.first = room.take(batch * count * hiddenSize);
    this.others = new DenseStackBuffers(room.fast, network.tail.slice(1), batch * count, { learns: false });
  }

  /**
   * The address of Q `[batch, count]`, valid until the next call.
   *
   * @param x - the items' vectors `[batch, count, k]`.
   */
  forward(histories: FusedHistories, x: number): number {
    const { fast } = this.room;
    const { inputs, standardX, ofRow, first, mixed, blocks } = this;
    const { batch, count, k } = this.sizes;
    const { hiddenSize } = this.network.options;
    const rows = batch * count;
    this.critic.standardizeItems(x, standardX, rows);
    fast.exports.copyColumns(standardX, 4 * k, inputs, 8 * k, rows, 4 * k);
    fast.exports.copyColumns(x, 4 * k, inputs + 4 * k, 8 * k, rows, 4 * k);

    const { hidden, vectors, scaled } = this.critic.read(histories);
    const { kernel, bias } = this.network.tail[0]!;
    const weights = fast.addressOf(kernel);
    fast.matMul(false, false, batch, hiddenSize, hiddenSize, hidden, weights, ofRow, {
      bias: fast.addressOf(bias),
    });
    const ofItems = weights + 4 * hiddenSize * hiddenSize;
    fast.exports.itemLayer(
      inputs,
      scaled,
      vectors,
      ofItems,
      ofItems + 4 * 3 * k * hiddenSize,
      ofRow,
      blocks.starts,
      mixed,
      first,
      fast.productScratch(2 * k),
      batch,
      count,
      k,
      blocks.count,
      hiddenSize,
    );
    return this.others.forward(first, rows);
  }

  free(): void {
    this.others.free();
  }
}
