import type { Agent, OneOrMany } from '@rl-recsys/agent';
import type { Environment, RecommendationObservation } from '@rl-recsys/environment';
import type { Policy } from '@rl-recsys/evaluation';
import type { Random, Savable } from '@rl-recsys/random';
import type { RatingLog } from '@rl-recsys/rating-log';
import type { PastAgentOptions, Recommender, VectorAgentOptions } from '@rl-recsys/recommender';
import type { Options } from '../options/option.js';
import type { LogRunOptions, RunOptions } from '../options/run-options.js';
import type { Keep } from '../run/keep.js';

/** Users to learn with: makes the environment that their sessions are. */
export type Simulator = (options: {
  readonly historySize: number;
  readonly random: Random;
}) => Environment<RecommendationObservation, number>;

/** What a variant learns from. */
export interface LogContext<Given extends RunOptions = LogRunOptions> {
  /** The training part of the log, and nothing else. */
  readonly log: RatingLog;
  readonly options: Given;
  /** Users to learn with in sessions, where the scenario has some. */
  readonly simulator?: Simulator | undefined;
  readonly random: Random;
}

/** What an option that was left to a run turned out to be: the run is saved with it. */
export interface Settled {
  readonly gamma: number;
}

/** An agent that is ready to be trained on a log; trained, it becomes a recommender. */
export type MadeOnLog = (VectorAgentOptions | PastAgentOptions) & {
  readonly agent: Agent<RecommendationObservation, number> & { dispose(): void };
  readonly environment: OneOrMany<RecommendationObservation, number>;
  readonly steps: number;
  readonly settled?: Settled;
  /** Which of the log's users an observation's `user` is (default: that one). */
  readonly userOf?: (observed: number) => number;
};

/** A policy and what it must beat to be worth its training, beside what any log gives, such as popularity. */
export interface Compared {
  readonly policy: Policy;
  /** The models that it is built on, each ranking by itself, such as a matrix factorisation. */
  readonly blocks: readonly [Policy, ...Policy[]];
  /** One mix of the blocks for everybody, where there is one. */
  readonly staticMix?: Policy;
  /** The name of the one of these that it does as before it has learned anything, where there is one. */
  readonly start?: string;
}

/** A way to learn, with its own options and their defaults. */
export interface Variant {
  readonly name: string;
  readonly about: string;
  readonly options: Options;
  /** Why options of other variants would have no effect here. */
  readonly reasons: Readonly<Record<string, string>>;
}

/**
 * One way to make a recommender from a log. Its functions get the options that its own schemas made, and import what
 * is heavy, so that help and typing errors take no time.
 */
export interface LogVariant extends Variant {
  /** What is in the history that it looks at: all that was shown in a session, or what was liked. */
  readonly remembers: 'shown' | 'liked';
  /** How many ratings some user must have in what is learned from. */
  fewestRatings(options: LogRunOptions): number;
  make(context: LogContext): Promise<MadeOnLog>;
  /**
   * What a recommender of this variant is compared with.
   *
   * @param train - what users had rated by then.
   */
  compare(recommender: Recommender, train: RatingLog): Promise<Compared>;
}

/** An agent that is ready to be trained on an environment. */
export interface MadeOnEnvironment {
  readonly agent: Agent<unknown, unknown> & Savable & { dispose(): void };
  /** What it learns in: the user's environment, perhaps with its actions numbered otherwise, or several side by side. */
  readonly environment: OneOrMany<unknown, unknown>;
  /** One of them, to play what was learned in. */
  readonly played: Environment<unknown, unknown>;
  /** What recommends, where the environment's actions are items. */
  readonly recommender?: () => Recommender;
  readonly settled?: Settled;
}

/** One way to learn a user's own environment. */
export interface EnvironmentVariant extends Variant {
  /** What environments it learns, such as those that recommend items. */
  readonly learns: string;
  /** Whether it learns this one, by its spaces. */
  readonly fits: (environment: Environment<unknown, unknown>) => boolean;
  make(
    environment: Environment<unknown, unknown>,
    options: EnvironmentRunOptions,
    random: Random,
    /** Makes one more of the same. */
    another: () => Promise<Environment<unknown, unknown>>,
    /** Keeps what depends on the environment's answers, so that a run that goes on has the same. */
    keep: Keep,
  ): Promise<MadeOnEnvironment>;
}

/** What a run on an environment was started with, as far as every such run has it. */
export interface EnvironmentRunOptions extends RunOptions {
  readonly steps: number;
  /** The module that makes the environment. */
  readonly env: string;
  /** How many seconds an answer of it may take. */
  readonly stepTimeout: number;
}
