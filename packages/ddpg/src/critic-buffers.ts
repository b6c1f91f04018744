import type * as tf from '@tensorflow/tfjs-core';
import { DenseStackBuffers, type FastKernels, type InputRange } from '@rl-recsys/wasm-kernels';
import type { DenseCritic } from './dense-networks.js';

/** Room for a critic to run forward and back on batches of one size, on addresses. */
export class CriticBuffers {
  /** Where the gradient of each variable is written. */
  readonly gradients: ReadonlyMap<tf.Variable, number>;
  private readonly head: DenseStackBuffers;
  private readonly tail: DenseStackBuffers;
  private readonly headSize: number;
  private readonly actionSize: number;
  /** `[batch, headSize + actionSize]` */
  private readonly joined: number;

  constructor(
    private readonly fast: FastKernels,
    { head, tail }: DenseCritic,
    private readonly batch: number,
    { learns }: { readonly learns: boolean },
  ) {
    this.head = new DenseStackBuffers(fast, head, batch, { learns });
    this.tail = new DenseStackBuffers(fast, tail, batch, { learns });
    this.headSize = head.at(-1)!.kernel.shape[1];
    this.actionSize = tail[0]!.kernel.shape[0] - this.headSize;
    this.joined = fast.allocate(batch * (this.headSize + this.actionSize));
    const addresses = [...this.head.gradients, ...this.tail.gradients];
    const variables = [...head, ...tail].flatMap(({ kernel, bias }) => [kernel, bias] as tf.Variable[]);
    this.gradients = new Map(addresses.map((address, place) => [variables[place]!, address]));
  }

  /** The address of Q(s, a) `[batch]`. */
  forward(state: number, action: number): number {
    const [headBytes, actionBytes] = [4 * this.headSize, 4 * this.actionSize];
    const rowBytes = headBytes + actionBytes;
    const { exports } = this.fast;
    exports.copyColumns(this.head.forward(state), headBytes, this.joined, rowBytes, this.batch, headBytes);
    exports.copyColumns(action, actionBytes, this.joined + headBytes, rowBytes, this.batch, actionBytes);
    return this.tail.forward(this.joined);
  }

  /** Writes the parameters' gradients; the address of those of `stateInputs`, 0 where none are wanted. */
  backward(valueGradient: number, stateInputs: InputRange | undefined): number {
    const headInputs = { first: 0, count: this.headSize };
    const headGradient = this.tail.backward(valueGradient, { parameters: true, inputs: headInputs });
    return this.head.backward(headGradient, { parameters: true, inputs: stateInputs });
  }

  /** The address of ∇_a Q `[batch, actionSize]`, times `valueGradient`; no other gradient is computed. */
  actionGradient(valueGradient: number): number {
    const inputs = { first: this.headSize, count: this.actionSize };
    return this.tail.backward(valueGradient, { parameters: false, inputs });
  }

  /** Gives all room back; its owner calls it once. */
  free(): void {
    this.head.free();
    this.tail.free();
    this.fast.free(this.joined);
  }
}
