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
  return new HistoryRoom().join(users, n);
}

/** Room in which batches are joined, one after the other. */
export class HistoryRoom {
  private history: Int32Array = new Int32Array(0);
  private rewards: Float32Array = new Float32Array(0);

  /** As {@link joinHistories}; what it gives is good until the next call. */
  join(users: readonly RewardedHistory[], n: number): RewardedHistories {
    const size = users.length * n;
    if (this.history.length < size) {
      this.history = new Int32Array(size);
      this.rewards = new Float32Array(size);
    }
    for (let row = 0; row < users.length; row++) {
      const user = users[row]!;
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
      this.history.set(user.history, row * n);
      this.rewards.set(user.rewards, row * n);
    }
    const [history, rewards] = [this.history.subarray(0, size), this.rewards.subarray(0, size)];
    return { user: users.map(({ user }) => user), history, rewards };
  }
}
