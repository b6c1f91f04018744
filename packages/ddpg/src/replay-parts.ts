import {
  createReplay,
  rewardOptions,
  type Actor,
  type Learner,
  type ReplayAgentOptions,
  type ReplayOptions,
} from '@rl-recsys/agent';
import type { Random } from '@rl-recsys/random';
import type { Fields } from '@rl-recsys/replay-buffer';

/** The options that all agents of this package share. */
interface SharedOptions extends ReplayOptions {
  readonly random: Random;
  readonly warmup?: number;
}

/**
 * What a `ReplayAgent` is composed of, around a learner that it takes over.
 *
 * @throws what `makeActor` throws, RangeError where an option of replay is impossible; the learner is freed then.
 */
export function replayParts<Observation, Action, F extends Fields, L extends Learner<F>>(
  learner: L,
  makeActor: () => Actor<Observation, Action, F>,
  options: SharedOptions,
): ReplayAgentOptions<Observation, Action, F, L> {
  const { random, warmup = 1000, batchSize = 64, prioritized, updates, learningRateShare } = options;
  try {
    return {
      ...{ learner, actor: makeActor(), batchSize, learnFrom: warmup + 1 },
      replay: createReplay(options, { fields: learner.fields, random: random.fork('replay') }),
      ...(prioritized?.beta === undefined ? {} : { beta: prioritized.beta }),
      ...(updates === undefined ? {} : { updates }),
      ...(learningRateShare === undefined ? {} : { learningRateShare }),
      ...rewardOptions(options),
    };
  } catch (error) {
    learner.dispose();
    throw error;
  }
}
