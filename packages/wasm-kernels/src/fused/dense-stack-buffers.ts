import { ACTIVATIONS } from '../activation.js';
import {
  activationBackward,
  biasBackward,
  denseForward,
  inputBackward,
  kernelBackward,
  type DensePass,
  type InputRange,
} from './dense-pass.js';
import type { DenseLayer } from '../operations/dense-stack.js';
import type { FastKernels } from '../fast-kernels.js';

/**
 * Room for a stack of dense layers to run forward and back on batches of one size, on addresses and
 * without a tensor: what is left when an update is written by hand.
 *
 * It reads the layers' variables where they are at each call, and never writes to them.
 */
export class DenseStackBuffers {
  /** `[batch, units]` of each layer, as the last {@link DenseStackBuffers.forward} wrote them. */
  private readonly outputs: readonly number[];
  /** The gradients of kernel 0, bias 0, kernel 1 …, as the last backward pass wrote them. */
  readonly gradients: readonly number[];
  private readonly sizes: ReadonlyArray<Pick<DensePass, 'inputs' | 'units' | 'kind'>>;
  private readonly deltas: readonly [number, number] | undefined;
  /** The layers as the last {@link DenseStackBuffers.forward} found them: their numbers stay there until it is gone back through. */
  private passes: readonly DensePass[] = [];
  private x = 0;
  private isFree = false;

  /** @param learns - whether there will be backward passes (default true); without, half the room does. */
  constructor(
    private readonly fast: FastKernels,
    private readonly layers: readonly DenseLayer[],
    private readonly batch: number,
    { learns = true }: { readonly learns?: boolean } = {},
  ) {
    this.sizes = layers.map(({ kernel, activation }) => {
      const [inputs, units] = kernel.shape;
      return { inputs, units, kind: ACTIVATIONS[activation] };
    });
    this.outputs = this.sizes.map(({ units }) => fast.allocate(batch * units));
    const width = Math.max(...this.sizes.map(({ inputs, units }) => Math.max(inputs, units)));
    this.deltas = learns ? [fast.allocate(batch * width), fast.allocate(batch * width)] : undefined;
    this.gradients = learns
      ? layers.flatMap(({ kernel, bias }) => [fast.allocate(kernel.size), fast.allocate(bias.size)])
      : [];
  }

  /**
   * The address of the last layer's output `[rows, units]`, valid until the next call.
   *
   * @param x - the address of `[rows, inputs]`.
   * @param rows - at most a batch (default: a batch); a backward pass needs a whole one.
   * @throws RangeError where there are more rows than there is room for.
   */
  forward(x: number, rows: number = this.batch): number {
    if (this.isFree) throw new Error('forward: expected room in use, got some that was given back');
    if (rows > this.batch) throw new RangeError(`rows: expected at most ${this.batch}, got ${rows}`);
    this.x = x;
    this.passes = this.layers.map((layer, index) => this.pass(layer, index));
    let input = x;
    for (let index = 0; index < this.passes.length; index++) {
      denseForward(this.fast, rows, this.passes[index]!, input, this.outputs[index]!);
      input = this.outputs[index]!;
    }
    return input;
  }

  /**
   * Goes back through the pass that {@link DenseStackBuffers.forward} made last.
   *
   * @param dy - the gradient of the output `[batch, units]`.
   * @param wanted - `parameters`: whether to write their gradients; `inputs`: whose gradients to return.
   * @returns the address of the gradient `[batch, count]` of the wanted inputs, valid until the next call;
   * 0 where none are wanted.
   */
  backward(
    dy: number,
    wanted: {
      readonly parameters: boolean;
      readonly inputs?: InputRange | undefined;
    },
  ): number {
    let [delta, spare] = this.deltas!;
    let gradient = dy;
    for (let index = this.layers.length - 1; index >= 0; index--) {
      const pass = this.passes[index]!;
      activationBackward(this.fast, this.batch, pass, this.outputs[index]!, gradient, delta);
      if (wanted.parameters) {
        const x = index === 0 ? this.x : this.outputs[index - 1]!;
        const [kernel, bias] = [this.gradients[2 * index]!, this.gradients[2 * index + 1]!];
        kernelBackward(this.fast, this.batch, pass, x, delta, kernel, { first: 0, count: pass.inputs });
        biasBackward(this.fast, this.batch, pass, delta, bias);
      }
      const inputs = index > 0 ? { first: 0, count: pass.inputs } : wanted.inputs;
      if (!inputs) return 0;
      inputBackward(this.fast, this.batch, pass, delta, spare, inputs);
      gradient = spare;
      [delta, spare] = [spare, delta];
    }
    return gradient;
  }

  /** Gives all room back; safe to call twice, when it may be somebody else's. */
  free(): void {
    if (this.isFree) return;
    this.isFree = true;
    for (const address of [...this.outputs, ...this.gradients, ...(this.deltas ?? [])]) {
      this.fast.free(address);
    }
  }

  private pass({ kernel, bias }: DenseLayer, index: number): DensePass {
    const { inputs, units, kind } = this.sizes[index]!;
    return { inputs, units, kind, kernel: this.fast.addressOf(kernel), bias: this.fast.addressOf(bias) };
  }
}
