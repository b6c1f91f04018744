import { float32, int32, type Field } from '@rl-recsys/replay-buffer';

/** What replay stores of one step, in indices. */
export type GatedFields = {
  /** The moment, which says whose past it is. */
  readonly user: Field<'int32', 1>;
  /** Which of `CANDIDATE_KINDS` was offered. */
  readonly kind: Field<'int32', 1>;
  /** `[n]`: the history before the step, oldest first, −1 at padding. */
  readonly history: Field<'int32'>;
  /** `[n]`: what each item of the history earned. */
  readonly rewards: Field<'float32'>;
  /** `[candidates]`: rows of the moment's pool, −1 where there are fewer. */
  readonly candidates: Field<'int32'>;
  /** The place among the candidates of what was shown. */
  readonly shown: Field<'int32', 1>;
  /** r: what showing it earned, or of m steps Σ γ^i r_i. */
  readonly reward: Field<'float32', 1>;
  /** 0 where the session terminated, γ elsewhere, or of m steps γ^m. */
  readonly discount: Field<'float32', 1>;
  /** `[n]`: the history after the step, or after the last of m. */
  readonly nextHistory: Field<'int32'>;
  /** `[n]` */
  readonly nextRewards: Field<'float32'>;
};

/**
 * The schema of `GatedAgent`'s transitions, for a replay buffer.
 *
 * @param sizes - `historySize`: n; `candidateCount`: how many candidates of a step are stored.
 * @throws RangeError where one of them is not a positive integer.
 */
export function gatedFields(sizes: { historySize: number; candidateCount: number }): GatedFields {
  return {
    user: int32(),
    kind: int32(),
    history: int32(sizes.historySize),
    rewards: float32(sizes.historySize),
    candidates: int32(sizes.candidateCount),
    shown: int32(),
    reward: float32(),
    discount: float32(),
    nextHistory: int32(sizes.historySize),
    nextRewards: float32(sizes.historySize),
  };
}
