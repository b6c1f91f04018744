/** What of several rewards for one item counts: the first that came, all together, or the latest. */
export type RewardRule = 'earliest' | 'sum' | 'last';

/** All rules. */
export const REWARD_RULES: readonly RewardRule[] = ['earliest', 'sum', 'last'];

/**
 * What an item earned.
 *
 * @param rewards - in the order in which they came.
 * @param fallback - where none came.
 */
export function earned(rewards: readonly number[], rule: RewardRule, fallback: number): number {
  if (rewards.length === 0) return fallback;
  if (rule === 'sum') return rewards.reduce((sum, reward) => sum + reward, 0);
  return rule === 'earliest' ? rewards[0]! : rewards.at(-1)!;
}
