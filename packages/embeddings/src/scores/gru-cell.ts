import type { SavedGru } from './saved-gru.js';

/** Columns of a matrix that are multiplied at once: the vector is read a quarter as often. */
const TOGETHER = 4;

/** The unit itself: h ← h + z ⊗ (c − h), where z, r = σ(x W + h U + b) and c = tanh(x W + (r ⊗ h) U + b). */
export class GruCell {
  readonly state: Float64Array;
  /** x W of every item, and of both opinions with b: float32 `[items, 3 units]` and `[2, 3 units]`. */
  private readonly ofItems: Float32Array;
  private readonly ofOpinions: Float32Array;
  /** U with its columns as rows. */
  private readonly columns: Float32Array;
  private readonly sums: Float64Array;
  private readonly reset: Float64Array;

  constructor(
    { items, inputScale, opinions, kernel, bias, recurrentKernel }: SavedGru,
    private readonly units: number,
  ) {
    this.state = new Float64Array(units);
    this.sums = new Float64Array(3 * units);
    this.reset = new Float64Array(units);
    this.columns = transposed(recurrentKernel, units);
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
    const { units, state, sums, reset, ofItems, ofOpinions } = this;
    const width = 3 * units;
    const [ofItem, ofOpinion] = [item * width, isLiked ? width : 0];
    for (let place = 0; place < width; place++) {
      sums[place] = ofItems[ofItem + place]! + ofOpinions[ofOpinion + place]!;
    }
    this.addColumns(state, 0, 2 * units);
    for (let unit = 0; unit < units; unit++) reset[unit] = sigmoid(sums[units + unit]!) * state[unit]!;
    this.addColumns(reset, 2 * units, width);
    for (let unit = 0; unit < units; unit++) {
      const h = state[unit]!;
      state[unit] = h + sigmoid(sums[unit]!) * (Math.tanh(sums[2 * units + unit]!) - h);
    }
  }

  /** Adds x · U to the sums from `first` to before `end`. */
  private addColumns(x: Float64Array, first: number, end: number): void {
    const { columns, sums, units } = this;
    let column = first;
    for (; column + TOGETHER <= end; column += TOGETHER) {
      const at = column * units;
      let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
      for (let k = 0; k < units; k++) {
        const factor = x[k]!;
        sum0 += factor * columns[at + k]!;
        sum1 += factor * columns[at + units + k]!;
        sum2 += factor * columns[at + 2 * units + k]!;
        sum3 += factor * columns[at + 3 * units + k]!;
      }
      sums[column]! += sum0;
      sums[column + 1]! += sum1;
      sums[column + 2]! += sum2;
      sums[column + 3]! += sum3;
    }
    for (; column < end; column++) {
      for (let k = 0; k < units; k++) sums[column]! += x[k]! * columns[column * units + k]!;
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

function transposed(matrix: Float32Array, rows: number): Float32Array {
  const columns = matrix.length / rows;
  return matrix.map((_, place) => matrix[(place % rows) * columns + Math.floor(place / rows)]!);
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
