import { solvePositiveDefinite } from './solve-positive-definite.js';

/** Rows added to the Gram matrix at a time: each pass over it then does four times the work. */
const BLOCK = 4;

/**
 * Ridge regression by the normal equations, (XᵀX + Λ) w = Xᵀy, over rows that come one by one.
 *
 * It is made once and used for many regressions, so that fitting a log allocates nothing a row.
 */
export class NormalEquations {
  /** Rounded up to an even number: a feature that is always zero, and never seen outside. */
  private readonly size: number;
  private readonly gram: Float64Array;
  private readonly moments: Float64Array;
  private readonly block: readonly Float64Array[];
  private readonly targets = new Float64Array(BLOCK);
  private filled = 0;

  constructor(private readonly width: number) {
    this.size = width + (width % 2);
    this.gram = new Float64Array(this.size * this.size);
    this.moments = new Float64Array(this.size);
    this.block = Array.from({ length: BLOCK }, () => new Float64Array(this.size));
  }

  /** Forgets all rows. */
  reset(): void {
    this.gram.fill(0);
    this.moments.fill(0);
    this.filled = 0;
  }

  /** Begins a row whose target is `target`; the caller fills the first `width` features returned. */
  nextFeatures(target: number): Float64Array {
    if (this.filled === BLOCK) this.addBlock();
    this.targets[this.filled] = target;
    return this.block[this.filled++]!;
  }

  /** The weights, given the penalty of each; valid until the next {@link NormalEquations.reset}. */
  solve(penalty: (feature: number) => number): Float64Array {
    for (let row = this.filled; row < BLOCK; row++) this.block[row]!.fill(0);
    this.addBlock();
    for (let feature = 0; feature < this.size; feature++) {
      this.gram[feature * this.size + feature]! += feature < this.width ? penalty(feature) : 1;
    }
    solvePositiveDefinite(this.gram, this.moments, this.size);
    return this.moments.subarray(0, this.width);
  }

  /** Adds the block's rows to the lower triangle of XᵀX, two rows of it at once, and to Xᵀy. */
  private addBlock(): void {
    const { gram, moments, targets, size } = this;
    const [a, b, c, d] = this.block as [Float64Array, Float64Array, Float64Array, Float64Array];
    for (let row = 0; row < size; row += 2) {
      const upper = row * size;
      const lower = upper + size;
      const a0 = a[row]!;
      const b0 = b[row]!;
      const c0 = c[row]!;
      const d0 = d[row]!;
      const a1 = a[row + 1]!;
      const b1 = b[row + 1]!;
      const c1 = c[row + 1]!;
      const d1 = d[row + 1]!;
      for (let column = 0; column <= row + 1; column++) {
        const ac = a[column]!;
        const bc = b[column]!;
        const cc = c[column]!;
        const dc = d[column]!;
        gram[upper + column]! += a0 * ac + b0 * bc + c0 * cc + d0 * dc;
        gram[lower + column]! += a1 * ac + b1 * bc + c1 * cc + d1 * dc;
      }
    }
    for (let row = 0; row < size; row++) {
      moments[row]! +=
        a[row]! * targets[0]! + b[row]! * targets[1]! + c[row]! * targets[2]! + d[row]! * targets[3]!;
    }
    this.filled = 0;
  }
}
