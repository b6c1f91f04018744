import type { Random } from '@rl-recsys/random';
import type { Room } from '@rl-recsys/wasm-kernels';
import { LIMIT, type Standardizer } from '../standardizer.js';
import { FusedDropout } from './fused-dropout.js';

/** `Standardizer` and `dropout` one behind the other, on addresses. */
export class FusedScale {
  /** `[capacity, size]`: what is to be brought to one scale is written here, and comes to be so here, before anything is dropped. */
  readonly x: number;
  readonly size: number;
  /** The same after that. */
  private readonly dropped: number;
  private readonly dropout: FusedDropout;

  /** @param dropout - the share that is dropped in learning. */
  constructor(
    private readonly room: Room,
    private readonly standardizer: Standardizer,
    dropout: number,
    { capacity, learns }: { readonly capacity: number; readonly learns: boolean },
  ) {
    this.size = standardizer.mean.size;
    this.x = room.take(capacity * this.size);
    this.dropped = learns && dropout > 0 ? room.take(capacity * this.size) : this.x;
    this.dropout = new FusedDropout(room.fast, dropout);
  }

  /**
   * The address of what it makes of the rows at `x`, valid until the next call.
   *
   * @param masks - what dropout draws from; without it nothing is dropped.
   */
  forward(rows: number, masks?: Random): number {
    const { fast } = this.room;
    const { x, size, dropped, standardizer } = this;
    const [mean, deviation] = [fast.addressOf(standardizer.mean), fast.addressOf(standardizer.deviation)];
    fast.exports.standardize(x, mean, deviation, x, rows, size, LIMIT);
    if (dropped !== x) fast.exports.copyColumns(x, 4 * size, dropped, 4 * size, rows, 4 * size);
    this.dropout.forward(dropped, rows * size, masks);
    return dropped;
  }

  /** Turns the gradient `[rows, size]` of what `forward` made last into that of what it was given. */
  backward(gradient: number, rows: number): void {
    const { fast } = this.room;
    this.dropout.backward(gradient, rows * this.size);
    const deviation = fast.addressOf(this.standardizer.deviation);
    fast.exports.standardizeGradient(gradient, this.x, deviation, gradient, rows, this.size, LIMIT);
  }
}
