import type { Room } from '@rl-recsys/wasm-kernels';
import { CANDIDATE_KINDS } from '../candidate-kind.js';
import type { FusedBlockCritic } from './fused-block-critic.js';
import type { FusedMoments } from './fused-moments.js';
import type { FusedOffers } from './fused-offers.js';

/** How many units a kernel takes at once. */
const LANES = 8;

/**
 * `BlockCritic.values` on addresses: Q of all that each row is offered. What the static mix gives an item is a sum over what the blocks
 * do, so the weights are added up instead: the first layer then has an input less.
 */
export class FusedBlockValues {
  /** `[capacity, hidden units]`, and the same with zeros behind, up to a multiple of {@link LANES}. */
  private readonly ofRow: number;
  private readonly padded: number;
  /** `[kinds, blocks, units]`, `[kinds, units]` and `[kinds]`, zeros behind likewise. */
  private readonly weights: number;
  private readonly heads: number;
  private readonly biases: number;
  /** `[capacity, count]` */
  private readonly values: number;
  /** Units with those that are always 0. */
  private readonly units: number;

  constructor(
    private readonly room: Room,
    private readonly critic: FusedBlockCritic,
    sizes: { readonly capacity: number; readonly count: number },
  ) {
    const { mixes, tail } = critic.network;
    const [hidden] = tail;
    const kinds = CANDIDATE_KINDS.length;
    const units = hidden!.kernel.shape[1];
    this.units = Math.ceil(units / LANES) * LANES;
    this.ofRow = room.take(sizes.capacity * units);
    this.padded = room.hold(new Float32Array(sizes.capacity * this.units));
    this.weights = room.hold(new Float32Array(kinds * mixes[0]!.length * this.units));
    this.heads = room.hold(new Float32Array(kinds * this.units));
    this.biases = room.take(kinds);
    this.values = room.take(sizes.capacity * sizes.count);
  }

  /** The address of Q `[rows, count]`, 0 where there is none; valid until the next call. */
  forward(moments: FusedMoments, offers: FusedOffers): number {
    const { fast } = this.room;
    const { ofRow, padded, weights, heads, biases, values, units: all } = this;
    const { hiddenSize, tail } = this.critic.network;
    const { kernel, bias } = tail[0]!;
    const units = kernel.shape[1];
    const { rows, count, blockCount, mask, scores } = offers;
    this.writeWeights(blockCount);
    const hidden = this.critic.read(moments);
    const epilogue = { bias: fast.addressOf(bias) };
    fast.matMul(false, false, rows, units, hiddenSize, hidden, fast.addressOf(kernel), ofRow, epilogue);
    fast.exports.copyColumns(ofRow, 4 * units, padded, 4 * all, rows, 4 * units);
    const { kinds } = moments;
    fast.exports.blockValues(
      ...([scores, mask, kinds, padded, weights, heads, biases, values] as const),
      ...([rows, count, blockCount, all] as const),
    );
    return values;
  }

  /** Brings the tail's weights, as they are now, to the order in which they are read. */
  private writeWeights(blockCount: number): void {
    const { fast } = this.room;
    const { units: all } = this;
    const { hiddenSize, mixes, tail } = this.critic.network;
    const [first, last] = tail.map(({ kernel, bias }) => ({
      kernel: fast.floats(fast.addressOf(kernel), kernel.size),
      bias: fast.floats(fast.addressOf(bias), bias.size),
    }));
    const units = tail[0]!.kernel.shape[1];
    const kindCount = mixes.length;
    const weights = fast.floats(this.weights, kindCount * blockCount * all);
    const heads = fast.floats(this.heads, kindCount * all);
    fast.floats(this.biases, kindCount).set(last!.bias);
    for (let kind = 0; kind < kindCount; kind++) {
      const rowOf = (block: number) => (hiddenSize + kind * (blockCount + 1) + block) * units;
      for (let unit = 0; unit < units; unit++) {
        heads[kind * all + unit] = last!.kernel[unit * kindCount + kind]!;
        const ofMix = first!.kernel[rowOf(blockCount) + unit]!;
        for (let block = 0; block < blockCount; block++) {
          weights[(kind * blockCount + block) * all + unit] =
            first!.kernel[rowOf(block) + unit]! + mixes[kind]![block]! * ofMix;
        }
      }
    }
  }
}
