import { GruKernel, type GruSizes, type GruSteps } from './gru-kernel.js';
import type { Room } from './room.js';

/** A gated recurrent unit's way through a sequence, beginning at h = 0, on addresses. */
export class GruForward {
  private readonly kernel: GruKernel;
  private readonly product: number;
  private readonly reset: number;
  private readonly zeros: number;

  constructor(
    private readonly room: Room,
    private readonly sizes: GruSizes,
  ) {
    const state = sizes.batch * sizes.units;
    this.kernel = new GruKernel(room, sizes.units);
    this.product = room.take(2 * state);
    this.reset = room.take(state);
    this.zeros = room.hold(new Float32Array(state));
  }

  /**
   * Writes its steps.
   *
   * @param projected - what its input is projected to: `[length, batch, 3 · units]`.
   * @param recurrentKernel - U: `[units, 3 · units]`.
   */
  run(projected: number, recurrentKernel: number, { states, gates, candidates }: GruSteps): void {
    const { kernel, product, reset } = this;
    const { fast } = this.room;
    const { length, batch, units } = this.sizes;
    kernel.split(recurrentKernel);
    const step = 4 * batch * units;
    let before = this.zeros;
    for (let at = 0; at < length * step; at += step) {
      const [p, g, c, h] = [projected + 3 * at, gates + 2 * at, candidates + at, states + at];
      fast.matMul(false, false, batch, 2 * units, units, before, kernel.gates, product);
      fast.exports.gruGates(p, product, before, g, reset, batch, units);
      fast.matMul(false, false, batch, units, units, reset, kernel.candidate, product);
      fast.exports.gruAdvance(p, product, before, g, c, h, batch, units);
      before = h;
    }
  }
}
