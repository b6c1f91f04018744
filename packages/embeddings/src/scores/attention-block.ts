import { columnDots } from './column-dots.js';
import { layerNorm } from './layer-norm.js';
import type { RowDots } from './row-dots.js';
import type { SavedSasrecBlock } from './saved-sasrec.js';

/** A block of SASRec on a window: x ← x + attention(LN x) W_O, then x ← x + relu(LN(x) W₁ + b₁) W₂ + b₂. */
export class AttentionBlock {
  private readonly projection: RowDots;
  private readonly attended: RowDots;
  private readonly hidden: RowDots;
  private readonly output: RowDots;
  /** What has been read: float32 `[window, d]`, like `values`. */
  private readonly keys: Float32Array;
  private readonly values: Float32Array;
  /** How much one item attends to each up to itself: float64 `[window]`. */
  private readonly attention: Float64Array;

  constructor(
    private readonly saved: SavedSasrecBlock,
    private readonly size: number,
    private readonly heads: number,
    window: number,
  ) {
    this.projection = columnDots(saved.attentionKernel, size);
    this.attended = columnDots(saved.attendedKernel, size);
    this.hidden = columnDots(saved.hiddenKernel, size);
    this.output = columnDots(saved.outputKernel, saved.hiddenBias.length);
    this.keys = new Float32Array(window * size);
    this.values = new Float32Array(window * size);
    this.attention = new Float64Array(window);
  }

  /**
   * Changes rows in place, the oldest first: none sees what comes after it.
   *
   * @param x - float32 `[length, d]`
   * @param from - the first row that is changed; those before it are only attended to.
   */
  apply(x: Float32Array, length: number, from: number): void {
    const { size, projection, keys, values } = this;
    const { attentionScale, attentionOffset } = this.saved;
    for (let row = 0; row < length; row++) {
      const vector = x.subarray(row * size, (row + 1) * size);
      layerNorm(vector, attentionScale, attentionOffset, projection.x);
      projection.compute(row < from ? size : 0);
      keys.set(projection.products.subarray(size, 2 * size), row * size);
      values.set(projection.products.subarray(2 * size), row * size);
      if (row < from) continue;
      this.attend(row, vector);
      this.feedForward(vector);
    }
  }

  /** Adds what the newest query finds among all that has been read. */
  private attend(row: number, vector: Float32Array): void {
    const { size, heads, values, attention, attended } = this;
    const width = size / heads;
    attended.x.fill(0);
    for (let first = 0; first < size; first += width) {
      this.weigh(row, first, width);
      for (let other = 0; other <= row; other++) {
        const [weight, at] = [attention[other]!, other * size];
        for (let k = first; k < first + width; k++) attended.x[k]! += weight * values[at + k]!;
      }
    }
    attended.compute();
    for (let k = 0; k < size; k++) vector[k]! += attended.products[k]!;
  }

  /** softmax(q · k / √width) over the items up to a row, of the head whose columns begin at `first`. */
  private weigh(row: number, first: number, width: number): void {
    const { size, projection, keys, attention } = this;
    const queries = projection.products;
    let [largest, sum] = [-Infinity, 0];
    for (let other = 0; other <= row; other++) {
      let score = 0;
      for (let k = first; k < first + width; k++) score += queries[k]! * keys[other * size + k]!;
      attention[other] = score / Math.sqrt(width);
      largest = Math.max(largest, attention[other]!);
    }
    for (let other = 0; other <= row; other++) {
      attention[other] = Math.exp(attention[other]! - largest);
      sum += attention[other]!;
    }
    for (let other = 0; other <= row; other++) attention[other]! /= sum;
  }

  private feedForward(vector: Float32Array): void {
    const { hidden, output, saved } = this;
    layerNorm(vector, saved.hiddenScale, saved.hiddenOffset, hidden.x);
    hidden.compute();
    for (let unit = 0; unit < output.x.length; unit++) {
      output.x[unit] = Math.max(0, hidden.products[unit]! + saved.hiddenBias[unit]!);
    }
    output.compute();
    for (let k = 0; k < vector.length; k++) vector[k]! += output.products[k]! + saved.outputBias[k]!;
  }
}
