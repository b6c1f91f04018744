import type { RecommendationObservation } from '@rl-recsys/environment';

/** Users and their histories, in indices. */
export interface RewardedHistories {
  /** int `[batch]` */
  readonly user: ArrayLike<number>;
  /** int32 `[batch, n]`, oldest first, −1 at padding. */
  readonly history: Int32Array;
  /** float32 `[batch, n]`: what each item earned, 0 at padding. */
  readonly rewards: Float32Array;
}

/** One user's view: a user, and what they were shown or liked last. */
export type RewardedHistory = Pick<RecommendationObservation, 'user' | 'history' | 'rewards'>;

/**
 * The views of several users as one batch.
 *
 * @param n - how long a history is.
 * @throws RangeError where one or its rewards have another length.
 */
export function joinHistories(users: readonly RewardedHistory[], n: number): RewardedHistories {
  const history = new Int32Array(users.length * n);
  const rewards = new Float32Array(users.length * n);
  for (const [row, user] of users.entries()) {
    if (user.history.length !== n) {
      throw new RangeError(
        `history: expected ${n} indices, got ${user.history.length} for user ${user.user}`,
      );
    }
    if (user.rewards?.length !== n) {
      throw new RangeError(
        `rewards: expected ${n} numbers, got ${user.rewards?.length ?? 'none'} for user ${user.user}`,
      );
    }
    history.set(user.history, row * n);
    rewards.set(user.rewards, row * n);
  }
  return { user: users.map(({ user }) => user), history, rewards };
}
