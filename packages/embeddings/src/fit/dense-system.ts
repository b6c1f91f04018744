import type { FitWork } from './fit-control.js';

/** A x = b for a positive definite A and many b. */
export class DenseSystem {
  readonly matrix: Float64Array;
  readonly right: Float64Array;

  constructor(private readonly size: number) {
    this.matrix = new Float64Array(size * size);
    this.right = new Float64Array(size * size);
  }

  addDiagonal(value: number): void {
    for (let row = 0; row < this.size; row++) this.matrix[row * this.size + row]! += value;
  }

  /** Puts A⁻¹ b in the place of b. */
  async solve(work: FitWork): Promise<void> {
    const { matrix: u, right: b, size } = this;
    for (let k = 0; k < size; k++) {
      if (k % 64 === 0) await work.reach((0.2 * k) / size);
      const pivot = u[k * size + k]!;
      if (!(pivot > 0)) throw new RangeError('regularization: too small');
      const scale = 1 / Math.sqrt(pivot);
      for (let j = k; j < size; j++) u[k * size + j]! *= scale;
      for (let i = k + 1; i < size; i++) {
        const factor = u[k * size + i]!;
        if (factor === 0) continue;
        for (let j = i; j < size; j++) u[i * size + j]! -= factor * u[k * size + j]!;
      }
    }
    for (let i = 0; i < size; i++) {
      if (i % 64 === 0) await work.reach(0.2 + (0.4 * i) / size);
      for (let k = 0; k < i; k++) {
        const factor = u[k * size + i]!;
        if (factor === 0) continue;
        for (let j = 0; j < size; j++) b[i * size + j]! -= factor * b[k * size + j]!;
      }
      const scale = 1 / u[i * size + i]!;
      for (let j = 0; j < size; j++) b[i * size + j]! *= scale;
    }
    for (let i = size - 1; i >= 0; i--) {
      if (i % 64 === 0) await work.reach(1 - (0.4 * i) / size);
      for (let k = i + 1; k < size; k++) {
        const factor = u[i * size + k]!;
        if (factor === 0) continue;
        for (let j = 0; j < size; j++) b[i * size + j]! -= factor * b[k * size + j]!;
      }
      const scale = 1 / u[i * size + i]!;
      for (let j = 0; j < size; j++) b[i * size + j]! *= scale;
    }
  }
}
