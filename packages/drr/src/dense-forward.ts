import { InnerProducts, type EmbeddingTable } from '@rl-recsys/embeddings/search';

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
 * A stack of dense layers over a batch, for wherever TensorFlow.js is not: products by SIMD, in WebAssembly.
 *
 * Sums are taken in float32, input after input: a row comes to the same alone and in a batch.
 *
 * @param inputs - float32 `[batch, any]`
 * @param layers - must not change once they have been run.
 * @returns float32 `[batch, units of the last layer]`
 */
export function denseForward(
  inputs: Float32Array,
  batch: number,
  layers: readonly PlainLayer[],
): Float32Array {
  if (batch === 0) return new Float32Array(0);
  const products = productsOf(layers);
  return layers.reduce((values, layer, index) => activated(products.of(index, values), layer), inputs);
}

/** The layers' weights as the products take them, made when a stack is first run. */
const packed = new WeakMap<readonly PlainLayer[], InnerProducts>();

function productsOf(layers: readonly PlainLayer[]): InnerProducts {
  const known = packed.get(layers);
  if (known) return known;
  const products = new InnerProducts(layers.map(transposed));
  packed.set(layers, products);
  return products;
}

/** A layer's kernel with a unit's weights side by side, `[units, inputs]`. */
function transposed({ kernel, bias }: PlainLayer): EmbeddingTable {
  const [units, size] = [bias.length, kernel.length / bias.length];
  const vectors = new Float32Array(kernel.length);
  for (let input = 0; input < size; input++) {
    for (let unit = 0; unit < units; unit++) vectors[unit * size + input] = kernel[input * units + unit]!;
  }
  return { rows: units, size, vectors };
}

/** Adds the bias and applies the activation, in place. */
function activated(values: Float32Array, { bias, activation }: PlainLayer): Float32Array {
  const units = bias.length;
  for (let at = 0, unit = 0; at < values.length; at++, unit = unit + 1 === units ? 0 : unit + 1) {
    const sum = values[at]! + bias[unit]!;
    values[at] = activation === 'relu' ? Math.max(0, sum) : activation === 'tanh' ? Math.tanh(sum) : sum;
  }
  return values;
}
