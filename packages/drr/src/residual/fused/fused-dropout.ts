import type { Random } from '@rl-recsys/random';
import type { FastKernels } from '@rl-recsys/wasm-kernels';
import { dropoutSeed } from '../dropout.js';

/** Dropout on addresses, and its gradient by the same mask; the masks are those of `dropout`. */
export class FusedDropout {
  private seed: Uint32Array | undefined;

  constructor(
    private readonly fast: FastKernels,
    private readonly rate: number,
  ) {}

  /**
   * Drops numbers where they are.
   *
   * @param masks - what a mask is drawn from; without it, or at rate 0, nothing is dropped.
   */
  forward(x: number, length: number, masks: Random | undefined): void {
    this.seed = masks && this.rate > 0 ? dropoutSeed(masks) : undefined;
    this.apply(x, length);
  }

  /** Turns the gradient of what `forward` left into that of what it was given. */
  backward(gradient: number, length: number): void {
    this.apply(gradient, length);
  }

  private apply(x: number, length: number): void {
    if (!this.seed) return;
    const { fast, rate, seed } = this;
    const words = fast.scratch(seed.byteLength); // they are overwritten
    fast.integers(words, seed.length).set(seed);
    fast.exports.dropout(x, x, length, 1 / (1 - rate), Math.floor(rate * 2 ** 32), words);
  }
}
