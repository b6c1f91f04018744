import { columnDots } from './column-dots.js';
import type { RowDots } from './row-dots.js';
import type { SavedGru } from './saved-gru.js';

/** The unit itself: h ← h + z ⊗ (c − h), where z, r = σ(x W + h U + b) and c = tanh(x W + (r ⊗ h) U + b). */
export class GruCell {
  readonly state: Float32Array;
  /** x W of every item, and of both opinions with b: float32 `[items, 3 units]` and `[2, 3 units]`. */
  private readonly ofItems: Float32Array;
  private readonly ofOpinions: Float32Array;
  /** The columns of U, which multiply h for the gates and r ⊗ h for the candidate. */
  private readonly recurrent: RowDots;

  constructor(
    { items, inputScale, opinions, kernel, bias, recurrentKernel }: SavedGru,
    private readonly units: number,
  ) {
    this.state = new Float32Array(units);
    this.recurrent = columnDots(recurrentKernel, units);
    const scaled = items.vectors.map((value) => value * inputScale);
    this.ofItems = product(scaled, kernel, items.size);
    this.ofOpinions = product(opinions, kernel, items.size);
    for (let place = 0; place < this.ofOpinions.length; place++) {
      this.ofOpinions[place]! += bias[place % bias.length]!;
    }
  }

  begin(): void {
    this.state.fill(0);
  }

  read(item: number, isLiked: boolean): void {
    const { units, state, recurrent, ofItems, ofOpinions } = this;
    const { x, products } = recurrent;
    const [ofItem, ofOpinion] = [item * 3 * units, isLiked ? 3 * units : 0];
    const sumOf = (column: number) =>
      ofItems[ofItem + column]! + ofOpinions[ofOpinion + column]! + products[column]!;
    x.set(state);
    recurrent.compute(0, 2 * units);
    for (let unit = 0; unit < units; unit++) x[unit] = sigmoid(sumOf(units + unit)) * state[unit]!;
    recurrent.compute(2 * units, 3 * units);
    for (let unit = 0; unit < units; unit++) {
      const h = state[unit]!;
      state[unit] = h + sigmoid(sumOf(unit)) * (Math.tanh(sumOf(2 * units + unit)) - h);
    }
  }
}

/** X M: float32 `[rows, columns]`, where M is `[depth, columns]`. */
function product(x: Float32Array, matrix: Float32Array, depth: number): Float32Array {
  const [rows, columns] = [x.length / depth, matrix.length / depth];
  const result = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < depth; k++) {
      const factor = x[row * depth + k]!;
      const [from, to] = [k * columns, row * columns];
      for (let column = 0; column < columns; column++)
        result[to + column]! += factor * matrix[from + column]!;
    }
  }
  return result;
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
