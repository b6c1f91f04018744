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
} from '@rl-recsys/agent';
import type { FoldInModel } from '@rl-recsys/embeddings/fold-in';
import type { RecommendationObservation } from '@rl-recsys/environment';
import { assertOptionNames, optionsNamed, type OptionNames, type Random } from '@rl-recsys/random';
import { linearSchedule } from '@rl-recsys/replay-buffer';
import { layerEncoder } from '../layer-encoder.js';
import { learningRateShare } from '../residual/learning-rate-share.js';
import { plainEncoder } from '../state-encoder.js';
import { GatedActor } from './actor.js';
import type { CandidatePools } from './candidate-pools.js';
import type { JudgedUsers } from './judged-users.js';
import { GatedLearner } from './learner.js';
import { GATED_LEARNER_NAMES, type GatedLearnerOptions } from './options.js';
import { GatedPolicy, type SavedGatedPolicy } from './policy.js';
import type { GatedFields } from './transition-fields.js';
import { learnedGains, trustIn } from './trust.js';

/** What a {@link GatedAgent} is made from. */
export interface GatedAgentOptions extends GatedLearnerOptions, RewardOptions {
  /** What the policy ranks by, once trained: fitted on all of the log, where the pools' scores know its older part alone. */
  readonly catalogue: Pick<SavedGatedPolicy, 'scorers' | 'popularity' | 'scale'> & {
    /** The model of which users' and items' vectors in training come. */
    readonly vectors: FoldInModel;
  };
  /** Moments of users who are not learned from: how much of what was learned is followed is chosen on them. */
  readonly judged: JudgedUsers;
  /** How many rounds of steps training will take: exploration and learning rates follow it. */
  readonly rounds: number;
  /** γ (default 0: what is shown now changes nothing of what can be earned later in a log). */
  readonly gamma?: number;
  /** Transitions in an update (default 256: half of them are of other kinds of candidates). */
  readonly batchSize?: number;
  /** Updates after each round (default 2). */
  readonly updates?: number;
  /** Transitions kept (default 100,000). */
  readonly capacity?: number;
  /** Prefers transitions that were predicted badly (default: all are equally likely). */
  readonly prioritized?: PrioritizedOptions;
  /** Draws everything: starting weights, dropout, exploration and batches, each from a fork of its own. */
  readonly random: Random;
}

/** The names of {@link GatedAgentOptions}. */
export const GATED_AGENT_NAMES: OptionNames<GatedAgentOptions> = {
  ...GATED_LEARNER_NAMES,
  ...REWARD_OPTION_NAMES,
  ...{ catalogue: true, judged: true, rounds: true, gamma: true, batchSize: true, updates: true },
  ...{ capacity: true, prioritized: true },
};

/** Rounds before it learns, at most a fifth of all. */
const WARM_UP = 10;

/**
 * DRR's default variant on a log, ours: it shows items of the catalogue in many sessions at once, stores what they earned, and learns
 * from batches of that how much each block of scores should count for whom.
 */
export class GatedAgent extends ReplayAgent<RecommendationObservation, number, GatedFields, GatedLearner> {
  private readonly given: GatedAgentOptions;

  /** @throws RangeError where an option is out of range or unknown. */
  constructor(options: GatedAgentOptions) {
    assertOptionNames(options, GATED_AGENT_NAMES);
    const {
      rounds,
      gamma = 0,
      batchSize = 256,
      updates = 2,
      prioritized,
      capacity = 100_000,
      random,
    } = options;
    assertNumbers(integerFrom(1), { rounds, batchSize, updates, capacity });
    assertNumbers(SHARE, { gamma });
    assertSchedules(SHARE, { beta: prioritized?.beta });
    const learner = new GatedLearner({
      blockNames: options.catalogue.scorers.map(({ name }) => name),
      ...optionsNamed(options, GATED_LEARNER_NAMES),
      random: random.fork('agent'),
    });
    const epsilon = (round: number) =>
      linearSchedule(round, { from: 1, to: 0.2, steps: Math.ceil(rounds / 2) });
    super({
      learner,
      actor: new GatedActor(learner, {
        ...{ pools: options.pools, itemCount: options.items.rows, gamma, epsilon },
        random: random.fork('exploration'),
      }),
      replay: createReplay(
        { capacity, ...(prioritized && { prioritized }) },
        { fields: learner.fields, random: random.fork('replay') },
      ),
      ...{ batchSize, updates, minimumSize: 1 },
      learnFrom: Math.max(1, Math.min(WARM_UP, Math.ceil(rounds / 5))),
      beta: prioritized?.beta ?? 1,
      learningRateShare: (round) => learningRateShare(round, rounds),
      ...rewardOptions(options),
    });
    this.given = options;
  }

  /** What it learns from. */
  get pools(): CandidatePools {
    return this.given.pools;
  }

  /** NDCG of the first ten of the catalogue for each user that it is judged by, by all that it has learned: float64 `[users]`. */
  judgedGains(): Float64Array {
    return learnedGains(this.learner, this.given);
  }

  /** The greedy policy of the averaged networks as they are now. */
  policy(): GatedPolicy {
    const saved = this.savedPolicy();
    const sizes = { embeddingSize: saved.vectors.size, historySize: saved.historySize };
    const encoder =
      plainEncoder(saved.stateLayer, sizes.embeddingSize) ?? layerEncoder(saved.stateLayer, sizes);
    return new GatedPolicy(saved, encoder);
  }

  /** That policy as plain values: what `createRecommender` of `@rl-recsys/recommender` takes. */
  savedPolicy(): SavedGatedPolicy {
    const { mixes, catalogue, pools, judged } = this.given;
    const { items, itemBias, mean, foldIn } = catalogue.vectors;
    return {
      ...this.learner.savedActor(),
      ...{ kind: 'gated', historySize: this.learner.historySize, mixes, ...catalogue },
      trust: trustIn(this.learner, { mixes, pools, judged }),
      vectors: { items: items.vectors, size: items.size, itemBias, mean, foldIn },
    };
  }
}
