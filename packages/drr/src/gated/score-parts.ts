import type { ScoreParts } from '@rl-recsys/agent';

/** What an actor decided for each of a batch, and how one candidate of each scores. */
export interface DecidedRows {
  /** w `[batch, blocks]` */
  readonly gates: Float32Array;
  /** h `[batch, k]` */
  readonly residual: Float32Array;
  /** z `[batch, blocks]` */
  readonly scores: Float32Array;
  /** x `[batch, k]` */
  readonly vectors: Float32Array;
}

/** The score Σ_b w_b z_b + h · x in parts, for each of a batch: of the blocks by their names, and the last as `learned`. */
export function partsOfScores(
  { gates, residual, scores, vectors }: DecidedRows,
  blockNames: readonly string[],
): ScoreParts[] {
  const blocks = blockNames.length;
  const batch = gates.length / blocks;
  const k = residual.length / batch;
  return Array.from({ length: batch }, (_, row) => {
    let learned = 0;
    for (let d = row * k; d < (row + 1) * k; d++) learned += residual[d]! * vectors[d]!;
    const parts = blockNames.map((name, block) => {
      const place = row * blocks + block;
      return [name, gates[place]! * scores[place]!] as const;
    });
    return { ...Object.fromEntries(parts), learned };
  });
}
