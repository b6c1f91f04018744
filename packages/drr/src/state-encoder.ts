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
  const [n, k] = [weights.length, embeddingSize];
  return {
    size: 3 * k,
    encode(users, history, { vectors }) {
      const batch = users.length / k;
      const states = new Float32Array(batch * 3 * k);
      const pooled = new Float64Array(k);
      for (let row = 0; row < batch; row++) {
        pooled.fill(0);
        let count = 0;
        for (let place = 0; place < n; place++) {
          const item = history[row * n + place]!;
          if (item === NO_ITEM) continue;
          count += 1;
          const weight = weights[place]!;
          for (let d = 0; d < k; d++) pooled[d]! += weight * vectors[item * k + d]!;
        }
        const start = row * 3 * k;
        for (let d = 0; d < k; d++) {
          const [u, g] = [users[row * k + d]!, count === 0 ? 0 : pooled[d]! / count];
          states[start + d] = u;
          states[start + k + d] = u * g;
          states[start + 2 * k + d] = g;
        }
      }
      return states;
    },
  };
}

/**
 * The encoder of a saved layer, where it has one in plain loops.
 *
 * @returns undefined for others, which `layerEncoder` of `@rl-recsys/drr/layer-encoder` runs by TensorFlow.js.
 */
export function plainEncoder(
  { className, weights }: SavedStateLayer,
  embeddingSize: number,
): StateEncoder | undefined {
  return className === 'DrrAve' ? averageEncoder(weights[0]!, embeddingSize) : undefined;
}
