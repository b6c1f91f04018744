import { NO_ITEM } from '@rl-recsys/environment/histories';
import type { EmbeddingTable } from '@rl-recsys/embeddings/search';

/** A state layer as it is saved: its class and options, as tf.layers names them, and its weights in their order. */
export type SavedStateLayer = {
  readonly className: string;
  /** `getConfig()` as JSON. */
  readonly config: string;
  readonly weights: readonly Float32Array[];
};

/** f, which turns users and the items of their histories into states. */
export interface StateEncoder {
  /** How long a state is. */
  readonly size: number;
  /**
   * @param users - float32 `[batch, k]`
   * @param history - int32 `[batch, n]`, oldest first, −1 at padding.
   * @param items - `[items, k]`
   * @returns float32 `[batch, size]`
   */
  encode(users: Float32Array, history: Int32Array, items: EmbeddingTable): Float32Array;
}

/**
 * DRR-ave in plain loops: `[u, u ⊗ g, g]` with g = (1 / m) Σ w_a i_a over the m items that there are (Liu et al. 2018,
 * figure 6).
 *
 * @param weights - w `[n]`
 * @param embeddingSize - k
 */
export function averageEncoder(weights: Float32Array, embeddingSize: number): StateEncoder {
  return pooledEncoder({ weights, sums: 1, embeddingSize, scaleOf: (count) => 1 / count });
}

/**
 * `DecayingSums` of `@rl-recsys/state` in plain loops: `[u, u ⊗ g_1, …, g_1, …]` with g_h = Σ w_ha i_a.
 *
 * @param weights - w `[3, n]`
 * @param embeddingSize - k
 */
function sumsEncoder(weights: Float32Array, embeddingSize: number): StateEncoder {
  return pooledEncoder({ weights, sums: 3, embeddingSize, scaleOf: () => 1 });
}

/** `[u, u ⊗ g_1, …, g_1, …]` with weighted sums g_h over the history's items, scaled by how many items there are. */
function pooledEncoder({
  weights,
  sums,
  embeddingSize: k,
  scaleOf,
}: {
  /** `[sums, n]` */
  readonly weights: Float32Array;
  readonly sums: number;
  readonly embeddingSize: number;
  readonly scaleOf: (count: number) => number;
}): StateEncoder {
  const n = weights.length / sums;
  const size = (1 + 2 * sums) * k;
  return {
    size,
    encode(users, history, { vectors }) {
      const batch = users.length / k;
      const states = new Float32Array(batch * size);
      const pooled = new Float64Array(k);
      const places = new Int32Array(n);
      for (let row = 0; row < batch; row++) {
        const items = history.subarray(row * n, (row + 1) * n);
        let count = 0;
        for (let place = 0; place < n; place++) if (items[place] !== NO_ITEM) places[count++] = place;
        const scale = count === 0 ? 0 : scaleOf(count);
        const start = row * size;
        states.set(users.subarray(row * k, (row + 1) * k), start);
        for (let sum = 0; sum < sums; sum++) {
          pool(pooled, vectors, items, weights.subarray(sum * n, (sum + 1) * n), places.subarray(0, count));
          const [product, plain] = [start + (1 + sum) * k, start + (1 + sums + sum) * k];
          for (let d = 0; d < k; d++) {
            const g = pooled[d]! * scale;
            states[product + d] = users[row * k + d]! * g;
            states[plain + d] = g;
          }
        }
      }
      return states;
    },
  };
}

/** Σ w_a i_a over some places of a history; four at a time, so that a quarter as many sums are read and written. */
function pool(
  sums: Float64Array,
  vectors: Float32Array,
  items: Int32Array,
  weights: Float32Array,
  places: Int32Array,
): void {
  const k = sums.length;
  sums.fill(0);
  for (let next = 0; next < places.length; next += 4) {
    const left = places.length - next;
    const a = places[next]!;
    // Where there are no four, the first one fills up, with weights of 0.
    const [b, wb] = left > 1 ? [places[next + 1]!, weights[places[next + 1]!]!] : [a, 0];
    const [c, wc] = left > 2 ? [places[next + 2]!, weights[places[next + 2]!]!] : [a, 0];
    const [d, wd] = left > 3 ? [places[next + 3]!, weights[places[next + 3]!]!] : [a, 0];
    addRows(
      sums,
      vectors,
      items[a]! * k,
      items[b]! * k,
      items[c]! * k,
      items[d]! * k,
      weights[a]!,
      wb,
      wc,
      wd,
    );
  }
}

/** Adds four rows of vectors, which begin at a to d, each times a weight. */
function addRows(
  sums: Float64Array,
  vectors: Float32Array,
  a: number,
  b: number,
  c: number,
  d: number,
  wa: number,
  wb: number,
  wc: number,
  wd: number,
): void {
  for (let at = 0; at < sums.length; at++) {
    sums[at] =
      sums[at]! +
      wa * vectors[a + at]! +
      wb * vectors[b + at]! +
      wc * vectors[c + at]! +
      wd * vectors[d + at]!;
  }
}

/** By the class of the layer. */
const plainEncoders: Readonly<Record<string, typeof averageEncoder>> = {
  DrrAve: averageEncoder,
  DecayingSums: sumsEncoder,
};

/**
 * The encoder of a saved layer, where it has one in plain loops.
 *
 * @returns undefined for others, which `layerEncoder` of `@rl-recsys/drr/layer-encoder` runs by TensorFlow.js.
 */
export function plainEncoder(
  { className, weights }: SavedStateLayer,
  embeddingSize: number,
): StateEncoder | undefined {
  return plainEncoders[className]?.(weights[0]!, embeddingSize);
}
