import { valueFigures, type Figures } from '@rl-recsys/agent';

/** What networks make of a batch of N transitions, as they are. */
export interface InspectedBatch {
  /** `[N]`: Q(s, a) by the first critic. */
  readonly values: Float32Array;
  /** `[N, candidates]`: π(x | s), 0 where there is no candidate. */
  readonly shares: Float32Array;
  /** `[N, blocks]`: what each block is multiplied by. */
  readonly gates: Float32Array;
  /** `[N, k]`: what is added beside the blocks. */
  readonly residual: Float32Array;
}

/** A batch in the figures that `describeMetric` of `@rl-recsys/metrics` explains. */
export function inspectedFigures(
  { values, shares, gates, residual }: InspectedBatch,
  blockNames: readonly string[],
): Figures {
  const batch = values.length;
  const entropy = shares.reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0);
  const ofBlocks = blockNames.map((name, block) => {
    let sum = 0;
    for (let row = 0; row < batch; row++) sum += gates[row * blockNames.length + block]!;
    return [`gate/${name}`, sum / batch] as const;
  });
  return {
    ...valueFigures(values),
    candidateEntropy: entropy / batch,
    residualSize: meanLength(residual, batch),
    ...Object.fromEntries(ofBlocks),
  };
}

/** Of the rows of a matrix. */
function meanLength(matrix: Float32Array, rows: number): number {
  const size = matrix.length / rows;
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += Math.hypot(...matrix.subarray(row * size, (row + 1) * size));
  return sum / rows;
}
