import type { Random } from '@rl-recsys/random';
import { DenseStackBuffers, type Room } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import { variablesOfLayers } from '../../residual/dense-layers.js';
import type { FusedSizes } from '../../residual/fused/fused-features.js';
import type { BlockCritic } from '../block-critic.js';
import { CANDIDATE_KINDS } from '../candidate-kind.js';
import { FusedBlockState } from './fused-block-state.js';
import type { FusedMoments } from './fused-moments.js';
import type { FusedOffers } from './fused-offers.js';

/** `BlockCritic` of one item a row, on addresses. */
export class FusedBlockCritic {
  /** Where `backward` writes the gradient of each variable. */
  readonly gradients: ReadonlyMap<tf.Variable, number>;
  private readonly state: FusedBlockState;
  private readonly head: DenseStackBuffers;
  private readonly tail: DenseStackBuffers;
  /** What the tail sees, `[capacity, inputs]`. */
  private readonly inputs: number;
  /** `[capacity]` */
  private readonly values: number;
  /** `[capacity, kinds]` */
  private readonly tailGradient: number;
  private moments: FusedMoments | undefined;

  constructor(
    private readonly room: Room,
    readonly network: BlockCritic,
    sizes: FusedSizes,
  ) {
    const { state, head, tail } = network;
    const { capacity, learns } = sizes;
    this.state = new FusedBlockState(room, state, sizes);
    this.head = new DenseStackBuffers(room.fast, head, capacity, { learns });
    this.tail = new DenseStackBuffers(room.fast, tail, capacity, { learns });
    this.inputs = room.take(capacity * this.width);
    this.values = room.take(capacity);
    this.tailGradient = learns ? room.take(capacity * CANDIDATE_KINDS.length) : 0;
    const addresses = [...this.head.gradients, ...this.tail.gradients];
    const ofLayers = variablesOfLayers([...head, ...tail]).map(
      (variable, place) => [variable, addresses[place]!] as const,
    );
    this.gradients = new Map(learns ? [...this.state.gradients, ...ofLayers] : []);
  }

  /**
   * The address of what it makes of moments alone, `[rows, hidden]`, valid until the next call.
   *
   * @param masks - what dropout draws from; without it nothing is dropped.
   */
  read(moments: FusedMoments, masks?: Random): number {
    this.moments = moments;
    return this.head.forward(this.state.forward(moments, masks), moments.rows);
  }

  /**
   * The address of Q `[rows]` of one item for each moment, valid until the next call.
   *
   * @param shown - one a row.
   */
  forward(moments: FusedMoments, shown: FusedOffers, masks?: Random): number {
    const { fast } = this.room;
    const { inputs, width } = this;
    const { hiddenSize, mixes } = this.network;
    const { rows } = moments;
    const { blockCount } = shown;
    const hidden = this.read(moments, masks);
    const kindCount = CANDIDATE_KINDS.length;
    const x = fast.floats(inputs, rows * width).fill(0);
    fast.exports.copyColumns(hidden, 4 * hiddenSize, inputs, 4 * width, rows, 4 * hiddenSize);
    const [z, kinds] = [fast.floats(shown.scores, rows * blockCount), fast.integers(moments.kinds, rows)];
    for (let row = 0; row < rows; row++) {
      const kind = kinds[row]!;
      const own = row * width + hiddenSize + kind * (blockCount + 1);
      let mixed = 0;
      for (let block = 0; block < blockCount; block++) {
        const score = z[row * blockCount + block]!;
        x[own + block] = score;
        mixed += mixes[kind]![block]! * score;
      }
      x[own + blockCount] = mixed;
    }
    const all = fast.floats(this.tail.forward(inputs, rows), rows * kindCount);
    const values = fast.floats(this.values, rows);
    for (let row = 0; row < rows; row++) values[row] = all[row * kindCount + kinds[row]!]!;
    return this.values;
  }

  /** Writes the gradients of its variables from that of the values `[rows]` that `forward` wrote last. */
  backward(gradient: number): void {
    const { fast } = this.room;
    const { rows, kinds: kindsAt } = this.moments!;
    const { hiddenSize, state } = this.network;
    const kindCount = CANDIDATE_KINDS.length;
    const [given, kinds] = [fast.floats(gradient, rows), fast.integers(kindsAt, rows)];
    const all = fast.floats(this.tailGradient, rows * kindCount).fill(0);
    for (let row = 0; row < rows; row++) all[row * kindCount + kinds[row]!] = given[row]!;
    const through = (stack: DenseStackBuffers, from: number, count: number) =>
      stack.backward(from, { parameters: true, inputs: { first: 0, count } });
    this.state.backward(through(this.head, through(this.tail, this.tailGradient, hiddenSize), state.size));
  }

  free(): void {
    this.head.free();
    this.tail.free();
  }

  /** How many numbers the tail sees. */
  private get width(): number {
    return this.network.tail[0]!.kernel.shape[0];
  }
}
