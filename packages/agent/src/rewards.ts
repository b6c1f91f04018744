import type { OptionNames } from '@rl-recsys/random';
import { assertNumbers, POSITIVE } from './number-rules.js';
import { LARGEST } from './runaway.js';

/** What is made of rewards before an agent learns from them. */
export interface RewardOptions {
  /** What each reward is multiplied by (default 1): choose it so that usual returns are about 1 to 100. */
  readonly rewardScale?: number;
  /** Rewards beyond ± this number, after scaling, become it (default: none do). */
  readonly rewardClip?: number;
}

/** The names of {@link RewardOptions}. */
export const REWARD_OPTION_NAMES: OptionNames<RewardOptions> = { rewardScale: true, rewardClip: true };

/** Those of an agent's options that say what is made of rewards. */
export function rewardOptions({ rewardScale, rewardClip }: RewardOptions): RewardOptions {
  return {
    ...(rewardScale === undefined ? {} : { rewardScale }),
    ...(rewardClip === undefined ? {} : { rewardClip }),
  };
}

/**
 * The function that scales and clips rewards.
 *
 * @throws RangeError where an option is not a positive finite number; the function does, where the result is beyond ± 10¹⁵.
 */
export function rewardFunction({ rewardScale = 1, rewardClip }: RewardOptions): (reward: number) => number {
  assertNumbers(POSITIVE, { rewardScale, rewardClip });
  const most = rewardClip ?? Infinity;
  return (reward) => {
    const scaled = Math.max(-most, Math.min(most, rewardScale * reward));
    if (Math.abs(scaled) <= LARGEST) return scaled;
    throw new RangeError(
      `reward: expected a number within ± ${LARGEST}, which can be learned from, got ${reward}: see rewardScale and rewardClip`,
    );
  };
}
