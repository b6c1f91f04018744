import { GruKernel, type GruSizes, type GruSteps } from './gru-kernel.js';
import type { Room } from './room.js';

/** A gated recurrent unit's way back through a sequence, on addresses. */
export class GruBackward {
  private readonly kernel: GruKernel;
  /** Of what the gates and the candidates of all steps were made of, and r ⊗ h. */
  private readonly gatesGradient: number;
  private readonly candidatesGradient: number;
  private readonly reset: number;
  /** Of one step. */
  private readonly carried: number;
  private readonly product: number;
  private readonly resetGradient: number;
  private readonly zeros: number;

  constructor(
    private readonly room: Room,
    private readonly sizes: GruSizes,
  ) {
    const { length, batch, units } = sizes;
    const state = batch * units;
    this.kernel = new GruKernel(room, units);
    this.gatesGradient = room.take(2 * length * state);
    this.candidatesGradient = room.take(length * state);
    this.reset = room.take(length * state);
    this.carried = room.take(state);
    this.product = room.take(state);
    this.resetGradient = room.take(state);
    this.zeros = room.hold(new Float32Array(state));
  }

  /**
   * Writes the gradients of what was projected `[length, batch, 3 · units]` and of U `[units, 3 · units]`.
   *
   * @param gradient - of all states: `[length, batch, units]`.
   * @param steps - as {@link GruForward} wrote them by the same kernel.
   */
  run(
    gradient: number,
    recurrentKernel: number,
    steps: GruSteps,
    to: { readonly projected: number; readonly recurrentKernel: number },
  ): void {
    this.kernel.split(recurrentKernel);
    this.throughSteps(gradient, steps);
    this.writeKernel(steps, to.recurrentKernel);
    this.writeProjected(to.projected);
  }

  /** From the last step to the first, the gradients of what each was made of. */
  private throughSteps(gradient: number, { states, gates, candidates }: GruSteps): void {
    const { kernel, carried, product, resetGradient } = this;
    const { fast } = this.room;
    const { length, batch, units } = this.sizes;
    // Read before they are written: nothing comes from after the last step.
    for (const address of [carried, product]) fast.floats(address, batch * units).fill(0);
    const step = 4 * batch * units;
    for (let at = (length - 1) * step; at >= 0; at -= step) {
      const before = at === 0 ? this.zeros : states + at - step;
      const [g, c, dy] = [gates + 2 * at, candidates + at, gradient + at];
      const [dGates, dCandidates] = [this.gatesGradient + 2 * at, this.candidatesGradient + at];
      // prettier-ignore
      fast.exports.gruAdvanceGradient(dy, carried, product, before, g, c, dGates, dCandidates, batch, units);
      fast.matMul(false, true, batch, units, units, dCandidates, kernel.candidate, resetGradient);
      // prettier-ignore
      fast.exports.gruGatesGradient(resetGradient, before, g, dGates, this.reset + at, carried, batch, units);
      fast.matMul(false, true, batch, units, 2 * units, dGates, kernel.gates, product);
    }
  }

  /** U's gradient, of all steps at once; before the first one h was 0. */
  private writeKernel({ states }: GruSteps, to: number): void {
    const { kernel, reset, gatesGradient, candidatesGradient } = this;
    const { fast } = this.room;
    const { length, batch, units } = this.sizes;
    const [rows, later] = [length * batch, (length - 1) * batch];
    const second = gatesGradient + 8 * batch * units;
    if (later > 0) fast.matMul(true, false, units, 2 * units, later, states, second, kernel.gates);
    else fast.floats(kernel.gates, 2 * units * units).fill(0);
    fast.matMul(true, false, units, units, rows, reset, candidatesGradient, kernel.candidate);
    kernel.join(to);
  }

  private writeProjected(to: number): void {
    const { exports } = this.room.fast;
    const { length, batch, units } = this.sizes;
    const rows = length * batch;
    exports.copyColumns(this.gatesGradient, 8 * units, to, 12 * units, rows, 8 * units);
    exports.copyColumns(this.candidatesGradient, 4 * units, to + 8 * units, 12 * units, rows, 4 * units);
  }
}
