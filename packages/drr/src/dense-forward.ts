/** A dense layer as plain arrays. */
export interface PlainLayer {
  /** float32 `[inputs, units]`, row by row. */
  readonly kernel: Float32Array;
  /** float32 `[units]` */
  readonly bias: Float32Array;
  readonly activation: 'relu' | 'tanh' | 'linear';
}

/** A stack of dense layers over a batch `[batch, any]`: what the last layer gives, `[batch, units]`. */
export type DenseForward = (
  inputs: Float32Array,
  batch: number,
  layers: readonly PlainLayer[],
) => Float32Array;

/**
 * A stack of dense layers over a batch, in plain loops, for wherever TensorFlow.js is not.
 *
 * Sums are taken in float64; they and what comes of them are rounded to float32.
 *
 * @param inputs - float32 `[batch, any]`
 * @returns float32 `[batch, units of the last layer]`
 */
export function denseForward(
  inputs: Float32Array,
  batch: number,
  layers: readonly PlainLayer[],
): Float32Array {
  return layers.reduce((values, layer) => oneLayer(values, batch, layer), inputs);
}

/** Kernels with a unit's weights side by side, made when a layer is first run. */
const transposed = new WeakMap<PlainLayer, Float32Array>();

function oneLayer(inputs: Float32Array, batch: number, layer: PlainLayer): Float32Array {
  const units = layer.bias.length;
  const size = layer.kernel.length / units; // not the inputs' length by the batch: both may be 0
  const weights = transposed.get(layer) ?? transpose(layer, size);
  const outputs = new Float32Array(batch * units);
  for (let row = 0; row < batch; row++) {
    // Four units at a time: each input is read once for all, and four sums don't wait for each other.
    let unit = 0;
    for (; unit + 4 <= units; unit += 4) {
      const [a, b, c, d] = [unit * size, (unit + 1) * size, (unit + 2) * size, (unit + 3) * size];
      let [sumA, sumB, sumC, sumD] = [0, 0, 0, 0];
      for (let input = 0, from = row * size; input < size; input++, from++) {
        const value = inputs[from]!;
        sumA += value * weights[a + input]!;
        sumB += value * weights[b + input]!;
        sumC += value * weights[c + input]!;
        sumD += value * weights[d + input]!;
      }
      const to = row * units + unit;
      outputs[to] = sumA;
      outputs[to + 1] = sumB;
      outputs[to + 2] = sumC;
      outputs[to + 3] = sumD;
    }
    for (; unit < units; unit++) {
      let sum = 0;
      for (let input = 0; input < size; input++)
        sum += inputs[row * size + input]! * weights[unit * size + input]!;
      outputs[row * units + unit] = sum;
    }
    activate(outputs.subarray(row * units, (row + 1) * units), layer);
  }
  return outputs;
}

function transpose(layer: PlainLayer, size: number): Float32Array {
  const { kernel, bias } = layer;
  const [units, weights] = [bias.length, new Float32Array(kernel.length)];
  for (let input = 0; input < size; input++) {
    for (let unit = 0; unit < units; unit++) weights[unit * size + input] = kernel[input * units + unit]!;
  }
  transposed.set(layer, weights);
  return weights;
}

/** Adds the bias and applies the activation, in place. */
function activate(row: Float32Array, { bias, activation }: PlainLayer): void {
  for (let unit = 0; unit < row.length; unit++) {
    const sum = row[unit]! + bias[unit]!;
    row[unit] = activation === 'relu' ? Math.max(0, sum) : activation === 'tanh' ? Math.tanh(sum) : sum;
  }
}
