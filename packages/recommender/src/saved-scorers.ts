import type { SavedGatedPolicy } from '@rl-recsys/drr';

type SavedScorers = SavedGatedPolicy['scorers'];

/** Scorers whose matrices lie apart: several may look at one, which then is saved once. */
export interface PackedScorers {
  readonly scorers: readonly unknown[];
  readonly matrices: readonly Float32Array[];
}

export function packScorers(scorers: SavedScorers): PackedScorers {
  const matrices = [...new Set(scorers.flatMap((each) => (each.kind === 'linear' ? [each.weights] : [])))];
  return {
    matrices,
    scorers: scorers.map((each) =>
      each.kind === 'linear' ? { ...each, weights: matrices.indexOf(each.weights) } : each,
    ),
  };
}

export function unpackScorers({ scorers, matrices }: PackedScorers): SavedScorers {
  return (scorers as SavedScorers).map((each) =>
    each.kind === 'linear' ? { ...each, weights: matrices[each.weights as unknown as number]! } : each,
  );
}
