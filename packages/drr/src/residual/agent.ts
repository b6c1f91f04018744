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
import { joinHistories } from '../histories.js';
import type { RankingPolicy } from '../ranking-policy.js';
import { ResidualActor } from './actor.js';
import { ResidualLearner } from './learner.js';
import { learningRateShare } from './learning-rate-share.js';
import type { Look } from './look.js';
import { RESIDUAL_LEARNER_NAMES, type ResidualLearnerOptions } from './options.js';
import type { SavedResidualPolicy } from './policy.js';
import type { ResidualFields } from './transition-fields.js';

/** What a {@link ResidualAgent} is made from. */
export interface ResidualAgentOptions extends ResidualLearnerOptions, RewardOptions {
  /** How many rounds of steps training will take: exploration and learning rates follow it. */
  readonly rounds: number;
  /** Sessions side by side in training (default {@link SESSIONS}). */
  readonly sessions?: number;
  /** γ (default 0.5, for logs of ratings; found on validation slices of MovieLens). */
  readonly gamma?: number;
  /** n of n-step returns (default 1). */
  readonly returnSteps?: number;
  /** ε, the share of random items (default: falls from 1 to 0.2 in the first half of training). */
  readonly epsilon?: Schedule;
  /** Transitions in an update (default 128). */
  readonly batchSize?: number;
  /** Updates after each round (default 4). */
  readonly updates?: number;
  /** Transitions kept (default: all of a training, up to a million). */
  readonly capacity?: number;
  /** Prefers transitions that were predicted badly (default: all are equally likely). */
  readonly prioritized?: PrioritizedOptions;
  /** Draws everything: starting weights, dropout, exploration and batches, each from a fork of its own. */
  readonly random: Random;
}

/** The names of {@link ResidualAgentOptions}. */
export const RESIDUAL_AGENT_NAMES: OptionNames<ResidualAgentOptions> = {
  ...RESIDUAL_LEARNER_NAMES,
  ...REWARD_OPTION_NAMES,
  ...{ rounds: true, sessions: true, gamma: true, returnSteps: true, epsilon: true },
  ...{ batchSize: true, updates: true, capacity: true, prioritized: true },
};

/** Sessions side by side, by default: one call of the actor serves them all. */
export const SESSIONS = 64;

/** Rounds before it learns, and the share of all that they are at most. */
const WARM_UP = { rounds: 50, share: 0.2 };

/**
 * DRR's default variant, ours: it shows items in many sessions at once, stores what they earned, and learns from batches of
 * that, at a rate that falls to nearly nothing in the second half.
 */
export class ResidualAgent extends ReplayAgent<
  RecommendationObservation,
  number,
  ResidualFields,
  ResidualLearner
> {
  /** @throws RangeError where the tables' vectors differ in length or an option is out of range or unknown. */
  constructor(options: ResidualAgentOptions) {
    assertOptionNames(options, RESIDUAL_AGENT_NAMES);
    const { rounds, sessions = SESSIONS, gamma = 0.5, returnSteps = 1, batchSize = 128, random } = options;
    const { updates = 4, prioritized, capacity = Math.min((rounds + 1) * sessions, 1_000_000) } = options;
    const { epsilon = (round) => linearSchedule(round, { from: 1, to: 0.2, steps: Math.ceil(rounds / 2) }) } =
      options;
    assertNumbers(integerFrom(1), { rounds, sessions, batchSize, updates, capacity, returnSteps });
    assertNumbers(SHARE, { gamma });
    assertSchedules(SHARE, { epsilon, beta: prioritized?.beta });
    const learner = new ResidualLearner({
      ...optionsNamed(options, RESIDUAL_LEARNER_NAMES),
      random: random.fork('agent'),
    });
    super({
      learner,
      actor: new ResidualActor(learner, { gamma, returnSteps, epsilon, random: random.fork('exploration') }),
      replay: createReplay(
        { capacity, ...(prioritized && { prioritized }) },
        { fields: learner.fields, random: random.fork('replay') },
      ),
      ...{ batchSize, updates, minimumSize: 1 },
      // A return takes so many steps and one more to be stored: before that there may be nothing to learn from.
      learnFrom: Math.min(WARM_UP.rounds, Math.max(returnSteps + 1, Math.ceil(WARM_UP.share * rounds))),
      beta: prioritized?.beta ?? 1,
      learningRateShare: (round) => learningRateShare(round, rounds),
      ...rewardOptions(options),
    });
  }

  /** The greedy policy of the averaged networks as they are now. */
  policy(): RankingPolicy {
    return this.learner.policy();
  }

  /**
   * What the policy makes of one observation, now: gates, the residual, and for each candidate its score, what made that, and its Q.
   *
   * @param items - int32 `[any]`, which items are looked at (default: the candidates).
   * @throws RangeError where an index is in no table.
   */
  lookAt(observation: RecommendationObservation, items: Int32Array = observation.candidates): Look {
    return this.learner.lookAt(joinHistories([observation], this.learner.historySize), items);
  }

  /** That policy as plain values: what `createRecommender` of `@rl-recsys/recommender` takes. */
  savedPolicy(): SavedResidualPolicy {
    return this.learner.savedPolicy();
  }
}
