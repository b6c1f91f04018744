import {
  assertNumbers,
  assertSchedules,
  createReplay,
  integerFrom,
  REWARD_OPTION_NAMES,
  ReplayAgent,
  rewardOptions,
  SHARE,
  type PrioritizedOptions,
  type RewardOptions,
  type Schedule,
} from '@rl-recsys/agent';
import type { RecommendationObservation } from '@rl-recsys/environment';
import { assertOptionNames, optionsNamed, type OptionNames, type Random } from '@rl-recsys/random';
import { linearSchedule } from '@rl-recsys/replay-buffer';
import type { RankingPolicy } from '../ranking-policy.js';
import { DrrActor } from './actor.js';
import { DRR_LEARNER_NAMES, DrrLearner, type DrrLearnerOptions } from './learner.js';
import type { SavedDrrPolicy } from './policy.js';
import type { TransitionFields } from './transition-fields.js';

/** What a {@link DrrAgent} is made from. */
export interface DrrAgentOptions extends DrrLearnerOptions, RewardOptions {
  /** How many rounds of steps training will take: exploration and the replay's correction follow it. */
  readonly rounds: number;
  /** γ (default 0.9; Liu et al. 2018, section 5.1). */
  readonly gamma?: number;
  /** n of n-step returns (default 1). */
  readonly returnSteps?: number;
  /** ε, the share of random vectors (default: falls from 1 to 0.1 in the first half of training). */
  readonly epsilon?: Schedule;
  /** N, transitions in an update (default 64). */
  readonly batchSize?: number;
  /** Transitions kept (default: one a round, up to a million). */
  readonly capacity?: number;
  /** Prioritized replay, as in the paper (default), with β rising from 0.4 to 1; false draws uniformly. */
  readonly prioritized?: PrioritizedOptions | false;
  /** Draws everything: starting weights, exploration and batches, each from a fork of its own. */
  readonly random: Random;
}

/** The names of {@link DrrAgentOptions}. */
export const DRR_AGENT_NAMES: OptionNames<DrrAgentOptions> = {
  ...DRR_LEARNER_NAMES,
  ...REWARD_OPTION_NAMES,
  ...{ rounds: true, gamma: true, returnSteps: true, epsilon: true, batchSize: true },
  ...{ capacity: true, prioritized: true },
};

/**
 * Deep reinforcement learning based recommendation, to the letter of the paper. `ResidualAgent` is the variant that beats
 * matrix factorisation.
 *
 * See Liu et al. 2018, arXiv 1810.12027, Algorithm 1.
 */
export class DrrAgent extends ReplayAgent<RecommendationObservation, number, TransitionFields, DrrLearner> {
  /** @throws RangeError where the tables' vectors differ in length or an option is out of range or unknown. */
  constructor(options: DrrAgentOptions) {
    assertOptionNames(options, DRR_AGENT_NAMES);
    const { rounds, gamma, returnSteps, batchSize = 64, random, prioritized = {} } = options;
    const { epsilon = (round) => linearSchedule(round, { from: 1, to: 0.1, steps: Math.ceil(rounds / 2) }) } =
      options;
    // Of rounds that are done: the last one is corrected in full.
    const beta = (round: number) => linearSchedule(round + 1, { from: 0.4, to: 1, steps: rounds });
    const { capacity = Math.max(batchSize, Math.min(rounds, 1_000_000)) } = options;
    assertNumbers(integerFrom(1), { rounds, batchSize, capacity, returnSteps });
    assertNumbers(SHARE, { gamma });
    assertSchedules(SHARE, { epsilon, beta: prioritized === false ? undefined : prioritized.beta });
    const learner = new DrrLearner({
      ...optionsNamed(options, DRR_LEARNER_NAMES),
      random: random.fork('agent'),
    });
    super({
      learner,
      actor: new DrrActor(learner, {
        ...{ epsilon, random: random.fork('exploration') },
        ...(gamma === undefined ? {} : { gamma }),
        ...(returnSteps === undefined ? {} : { returnSteps }),
      }),
      replay: createReplay(
        {
          capacity,
          ...(prioritized === false ? {} : { prioritized }),
        },
        { fields: learner.fields, random: random.fork('replay') },
      ),
      batchSize,
      beta: prioritized === false ? 1 : (prioritized.beta ?? beta),
      ...rewardOptions(options),
    });
  }

  /** The greedy policy as it is now. */
  policy(): RankingPolicy {
    return this.learner.policy();
  }

  /** That policy as plain values: what `createRecommender` of `@rl-recsys/recommender` takes. */
  savedPolicy(): SavedDrrPolicy {
    return this.learner.savedPolicy();
  }
}
