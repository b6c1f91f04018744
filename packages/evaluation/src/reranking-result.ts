/**
 * How well a policy re-ranked.
 *
 * All but `perUser` is plain JSON: `const { perUser, ...summary } = result`.
 */
export interface RerankingResult {
  /** The policy's name. */
  readonly policy: string;
  /** How many users have at least one held-out item. */
  readonly users: number;
  /** The means, in the order of the cutoffs asked for. */
  readonly cutoffs: readonly CutoffSummary[];
  /** What the means are over, in the same order. */
  readonly perUser: readonly CutoffScores[];
}

/** The means of all users who count at one cutoff. A mean over nobody is NaN. */
export interface CutoffSummary {
  /** K, how many items are looked at. */
  readonly cutoff: number;
  /** The mean `Precision@K`. */
  readonly precision: number;
  /** The mean `NDCG@K`. */
  readonly ndcg: number;
  /** How many users `precision` is over: those with K held-out items or more. */
  readonly precisionUsers: number;
  /** How many users `ndcg` is over: those of `precisionUsers` who liked any held-out item. */
  readonly ndcgUsers: number;
  /** How many users were left out of both, for having fewer than K held-out items. */
  readonly usersWithTooFewItems: number;
  /** How many more were left out of `ndcg`, for having liked no held-out item. */
  readonly usersWithoutLike: number;
}

/** Each user's scores at one cutoff, by user index, for paired comparisons of policies. */
export interface CutoffScores {
  readonly cutoff: number;
  /** float64 `[userCount]`; NaN where the user does not count. */
  readonly precision: Float64Array;
  /** float64 `[userCount]`; NaN where the user does not count. */
  readonly ndcg: Float64Array;
}

/** The result that per-user scores amount to. */
export function resultOf(policy: string, users: number, perUser: readonly CutoffScores[]): RerankingResult {
  const cutoffs = perUser.map(({ cutoff, precision, ndcg }) => {
    const [precisionUsers, ndcgUsers] = [countOf(precision), countOf(ndcg)];
    return {
      cutoff,
      precision: meanOf(precision),
      ndcg: meanOf(ndcg),
      precisionUsers,
      ndcgUsers,
      usersWithTooFewItems: users - precisionUsers,
      usersWithoutLike: precisionUsers - ndcgUsers,
    };
  });
  return { policy, users, cutoffs, perUser };
}

const counts = (score: number) => !Number.isNaN(score);

function countOf(scores: Float64Array): number {
  return scores.filter(counts).length;
}

function meanOf(scores: Float64Array): number {
  return scores.filter(counts).reduce((sum, score) => sum + score, 0) / countOf(scores);
}
