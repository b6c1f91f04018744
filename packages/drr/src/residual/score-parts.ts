import type { ScoreParts } from '@rl-recsys/agent';
import type { BlockPlace } from '@rl-recsys/embeddings';

/** What is added beside the blocks. */
const RESIDUAL = 'learned';

/** What an actor decided for each of a batch, and which item was looked at. */
export interface DecidedItems {
  /** u `[batch, k]` */
  readonly user: Float32Array;
  /** `[batch, blocks]` */
  readonly gates: Float32Array;
  /** h `[batch, k]` */
  readonly residual: Float32Array;
  /** x `[batch, k]` */
  readonly item: Float32Array;
}

/**
 * The score x · (gate ⊗ u + h) in parts, for each of a batch: Σ gate_b u_d x_d over the dimensions of each block by its name, and h · x
 * as `learned`.
 */
export function scoreParts(
  { user, gates, residual, item }: DecidedItems,
  blocks: readonly BlockPlace[],
): ScoreParts[] {
  const batch = gates.length / blocks.length;
  const k = item.length / batch;
  const product = (one: Float32Array, row: number, from: number, size: number) => {
    let sum = 0;
    for (let place = row * k + from; place < row * k + from + size; place++)
      sum += one[place]! * item[place]!;
    return sum;
  };
  return Array.from({ length: batch }, (_, row) => {
    const parts = blocks.map(({ name, start, size }, block) => [
      name,
      gates[row * blocks.length + block]! * product(user, row, start, size),
    ]);
    return Object.fromEntries([...parts, [RESIDUAL, product(residual, row, 0, k)]]) as ScoreParts;
  });
}
