import type { Random } from '@rl-recsys/random';
import { DenseStackBuffers, type Room } from '@rl-recsys/wasm-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import { variablesOfLayers } from '../../residual/dense-layers.js';
import type { FusedSizes } from '../../residual/fused/fused-features.js';
import type { BlockActor } from '../block-actor.js';
import { CANDIDATE_KINDS } from '../candidate-kind.js';
import { FusedBlockState } from './fused-block-state.js';
import type { FusedMoments } from './fused-moments.js';

/** `BlockActor` on addresses: w = w₀(kind) + range · tanh(g(s)), and range · tanh(h(s)). */
export class FusedBlockActor {
  /** Where `backward` writes the gradient of each variable. */
  readonly gradients: ReadonlyMap<tf.Variable, number>;
  /** w `[capacity, blocks]`, as `forward` wrote them last; the gradients of both are to be written beside. */
  readonly gates: number;
  readonly gatesGradient: number;
  /** `[capacity, k]` */
  readonly residual: number;
  readonly residualGradient: number;
  private readonly state: FusedBlockState;
  private readonly stack: DenseStackBuffers;
  private readonly headsGradient: number;
  private moments: FusedMoments | undefined;

  constructor(
    private readonly room: Room,
    private readonly network: BlockActor,
    sizes: FusedSizes,
  ) {
    const { state, layers, blockCount } = network;
    const { capacity, learns, items } = sizes;
    const k = items.shape[1];
    const take = (size: number) => (learns ? room.take(capacity * size) : 0);
    this.state = new FusedBlockState(room, state, sizes);
    this.stack = new DenseStackBuffers(room.fast, layers, capacity, { learns });
    this.gates = room.take(capacity * blockCount);
    this.gatesGradient = take(blockCount);
    this.residual = room.take(capacity * k);
    this.residualGradient = take(k);
    this.headsGradient = take(CANDIDATE_KINDS.length * (blockCount + k));
    const ofLayers = variablesOfLayers(layers).map(
      (variable, place) => [variable, this.stack.gradients[place]!] as const,
    );
    this.gradients = new Map(learns ? [...this.state.gradients, ...ofLayers] : []);
  }

  /**
   * Writes `gates` and `residual`.
   *
   * @param masks - what dropout draws from; without it nothing is dropped.
   */
  forward(moments: FusedMoments, masks?: Random): void {
    this.moments = moments;
    const { rows } = moments;
    const heads = this.stack.forward(this.state.forward(moments, masks), rows);
    const { fast } = this.room;
    const { ranges, blockCount, k, firstGates } = this.network;
    const [width, all] = [blockCount + k, CANDIDATE_KINDS.length * (blockCount + k)];
    const [decided, kinds] = [fast.floats(heads, rows * all), fast.integers(moments.kinds, rows)];
    const [gates, residual] = [
      fast.floats(this.gates, rows * blockCount),
      fast.floats(this.residual, rows * k),
    ];
    for (let row = 0; row < rows; row++) {
      const kind = kinds[row]!;
      const own = row * all + kind * width;
      for (let block = 0; block < blockCount; block++) {
        gates[row * blockCount + block] = ranges.gate * decided[own + block]! + firstGates[kind]![block]!;
      }
      for (let d = 0; d < k; d++) residual[row * k + d] = ranges.residual * decided[own + blockCount + d]!;
    }
  }

  /** Writes the gradients of its variables from those of `gates` and `residual`. */
  backward(): void {
    const { fast } = this.room;
    const { rows, kinds: kindsAt } = this.moments!;
    const { ranges, blockCount, k, state } = this.network;
    const [width, all] = [blockCount + k, CANDIDATE_KINDS.length * (blockCount + k)];
    const [gradient, kinds] = [fast.floats(this.headsGradient, rows * all), fast.integers(kindsAt, rows)];
    const [gates, residual] = [
      fast.floats(this.gatesGradient, rows * blockCount),
      fast.floats(this.residualGradient, rows * k),
    ];
    gradient.fill(0);
    for (let row = 0; row < rows; row++) {
      const own = row * all + kinds[row]! * width;
      for (let block = 0; block < blockCount; block++)
        gradient[own + block] = ranges.gate * gates[row * blockCount + block]!;
      for (let d = 0; d < k; d++) gradient[own + blockCount + d] = ranges.residual * residual[row * k + d]!;
    }
    const inputs = { first: 0, count: state.size };
    this.state.backward(this.stack.backward(this.headsGradient, { parameters: true, inputs }));
  }

  free(): void {
    this.stack.free();
  }
}
