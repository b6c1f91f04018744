import type { Random } from '@rl-recsys/random';
import { DenseStackBuffers, type Room } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import type { ActorNetwork } from '../actor-network.js';
import { variablesOfLayers } from '../dense-layers.js';
import type { FusedBlocks } from './fuse.js';
import type { FusedHistories } from './fused-histories.js';
import type { FusedSizes } from './fused-features.js';
import { FusedState } from './fused-state.js';

/** `ActorNetwork` on addresses: a = gate(s) ⊗ u + range · scale ⊗ tanh(h(s)). */
export class FusedActor {
  /** Where `backward` writes the gradient of each variable. */
  readonly gradients: ReadonlyMap<tf.Variable, number>;
  private readonly state: FusedState;
  private readonly stack: DenseStackBuffers;
  /** `[k + blocks]`: what the heads are multiplied by, and what is added to them then. */
  private readonly scale: number;
  private readonly offset: number;
  private readonly zeros: number;
  /** `[capacity, k + blocks]`: residual and gates. */
  private readonly decided: number;
  private readonly headsGradient: number;
  /** `[capacity, k]` */
  private readonly actions: number;
  private histories: FusedHistories | undefined;

  constructor(
    private readonly room: Room,
    private readonly network: ActorNetwork,
    private readonly blocks: FusedBlocks,
    sizes: FusedSizes,
  ) {
    const { fast } = room;
    const { layers, options, standardizer } = network;
    const { capacity, learns } = sizes;
    const { k, width } = this;
    this.state = new FusedState(room, { ...options, standardizer }, sizes);
    this.stack = new DenseStackBuffers(fast, layers, capacity, { learns });
    this.scale = room.take(width);
    this.offset = room.hold(Float32Array.of(...new Float32Array(k), ...options.gates));
    this.zeros = room.hold(new Float32Array(width));
    this.decided = room.take(capacity * width);
    this.headsGradient = learns ? room.take(capacity * width) : 0;
    this.actions = room.take(capacity * k);
    const variables = variablesOfLayers(layers);
    this.gradients = new Map([
      ...this.state.gradients,
      ...(learns
        ? variables.map((variable, place) => [variable, this.stack.gradients[place]!] as const)
        : []),
    ]);
  }

  /**
   * The address of π(s) `[rows, k]`, valid until the next call.
   *
   * @param masks - what dropout draws from; without it nothing is dropped.
   */
  forward(histories: FusedHistories, masks?: Random): number {
    const { fast } = this.room;
    const { k, width, blocks, decided, actions } = this;
    const { rows, users } = histories;
    this.histories = histories;
    this.writeScale();
    const heads = this.stack.forward(this.state.forward(histories, masks), rows);
    fast.exports.scaleColumns(heads, this.scale, this.offset, decided, rows, width);
    fast.exports.copyColumns(decided, 4 * width, actions, 4 * k, rows, 4 * k);
    const { starts, count } = blocks;
    const gates = decided + 4 * k;
    fast.exports.addBlockProducts(users, 4 * k, gates, 4 * width, starts, actions, 4 * k, rows, count);
    return actions;
  }

  /** Writes the gradients of its variables from that of the actions `[batch, k]` that `forward` wrote last. */
  backward(gradient: number): void {
    const { fast } = this.room;
    const { k, width, headsGradient } = this;
    const { starts, count } = this.blocks;
    const { rows, users } = this.histories!;
    fast.exports.copyColumns(gradient, 4 * k, headsGradient, 4 * width, rows, 4 * k);
    const dGates = headsGradient + 4 * k;
    fast.exports.blockSums(users, 4 * k, gradient, 4 * k, starts, dGates, 4 * width, rows, count);
    fast.exports.scaleColumns(headsGradient, this.scale, this.zeros, headsGradient, rows, width);
    const inputs = { first: 0, count: this.network.options.features.size };
    this.state.backward(this.stack.backward(headsGradient, { parameters: true, inputs }));
  }

  free(): void {
    this.stack.free();
  }

  /** The length of an action. */
  get k(): number {
    return this.network.items.shape[1];
  }

  private get width(): number {
    return this.k + this.blocks.count;
  }

  /** The user's scale is a variable, which another policy may have brought along. */
  private writeScale(): void {
    const { fast } = this.room;
    const { userScale, residualRange, gateRange } = this.network.options;
    const scale = fast.floats(this.scale, this.width);
    const usual = fast.floats(fast.addressOf(userScale), this.k);
    const range = Math.fround(residualRange);
    for (let d = 0; d < usual.length; d++) scale[d] = usual[d]! * range;
    scale.fill(gateRange, this.k);
  }
}
