import { assertOptionNames, type OptionNames, type Random } from '@rl-recsys/random';
import { PrioritizedReplay, UniformReplay, type Fields, type Replay } from '@rl-recsys/replay-buffer';
import { REWARD_OPTION_NAMES, type RewardOptions } from './rewards.js';
import type { Schedule } from './schedule.js';

/** How an agent replays its transitions, and learns from them. */
export interface ReplayOptions extends RewardOptions {
  /** Transitions in an update (default 64; Lillicrap et al. 2015, section 7). */
  readonly batchSize?: number;
  /** Transitions kept; the oldest goes first (default 100,000). */
  readonly capacity?: number;
  /** Prefers transitions that were predicted badly (default: all are equally likely). */
  readonly prioritized?: PrioritizedOptions;
  /** Updates after each round (default 1). */
  readonly updates?: number;
  /** What share of their full size the learning rates have (default: all of it). */
  readonly learningRateShare?: Schedule;
}

/** Prioritized replay (Schaul et al. 2016, arXiv 1511.05952). */
export interface PrioritizedOptions {
  /** How strongly errors are preferred, from 0, uniform, to 1 (default 0.6; table 3). */
  readonly alpha?: number;
  /** How far sampling is corrected for, from 0 to 1 (default 1; the paper's rises to 1 from 0.4). */
  readonly beta?: Schedule;
}

/** The names of {@link ReplayOptions}. */
export const REPLAY_OPTION_NAMES: OptionNames<ReplayOptions> = {
  ...{ batchSize: true, capacity: true, prioritized: true, updates: true, learningRateShare: true },
  ...REWARD_OPTION_NAMES,
};

const PRIORITIZED_NAMES: OptionNames<PrioritizedOptions> = { alpha: true, beta: true };

/**
 * The replay buffer that the options ask for.
 *
 * @throws RangeError where an option is impossible, or one of `prioritized` unknown; it is named.
 */
export function createReplay<F extends Fields>(
  { capacity = 100_000, prioritized }: Pick<ReplayOptions, 'capacity' | 'prioritized'>,
  { fields, random }: { readonly fields: F; readonly random: Random },
): Replay<F> {
  if (!prioritized) return new UniformReplay({ capacity, fields, random });
  assertOptionNames(prioritized, PRIORITIZED_NAMES);
  const { alpha } = prioritized;
  return new PrioritizedReplay({ capacity, fields, random, ...(alpha === undefined ? {} : { alpha }) });
}
