import type { Dataset } from '@rl-recsys/datasets';
import type { MaybePromise } from '@rl-recsys/environment';
import type { Policy } from '@rl-recsys/evaluation';
import type { RatingLog, TimeSplit } from '@rl-recsys/rating-log';
import type { SessionValue } from '@rl-recsys/simulators';
import type { Options } from '../options/option.js';
import type { LogRunOptions, RunOptions } from '../options/run-options.js';
import type { EnvironmentVariant, LogVariant, Simulator, Variant } from '../variants/variant.js';

/** A log as it was read, and what to print of it. */
export interface LoadedLog {
  readonly dataset: Dataset;
  readonly lines: readonly string[];
}

/** What each measured user's sessions are worth under a policy. */
export type MeasureSessions = (policy: Policy) => readonly SessionValue[];

/** Options that do not go together. */
export interface Rule {
  /** The option that is at fault. */
  readonly option: string;
  readonly message: string;
  readonly holds: (values: Readonly<Record<string, unknown>>) => boolean;
}

/**
 * Where data and users come from. It owns the options that only it reads, and says which variants learn from it,
 * with their defaults.
 */
interface BaseScenario<Learns extends Variant> {
  /** As `--dataset` names it; the first stands for all where they are listed. */
  readonly names: readonly [string, ...string[]];
  /** What one gives to have it, such as `--dataset csv`; for help and errors. */
  readonly givenBy: string;
  readonly about: string;
  /** What may stand behind `train`, to show how it is started. */
  readonly examples: readonly string[];
  readonly options: Options;
  readonly rules?: readonly Rule[];
  /** Why the options of other scenarios would have no effect here. */
  readonly reason: string;
  /** What a run is named after (default: the scenario's name). */
  nameRun?(options: RunOptions): string;
  /** The first is the default. */
  readonly variants: readonly [Learns, ...Learns[]];
}

/**
 * A log of ratings. Its functions import what is heavy, so that help and typing errors take no time; they get the
 * options that its own schemas made, which is why they may ask for more than those of every run.
 */
export interface LogScenario extends BaseScenario<LogVariant> {
  readonly kind: 'log';
  /** Makes, reads or downloads the log. */
  load(options: RunOptions): MaybePromise<LoadedLog>;
  /** Parts the log in what is learned from and what is tested on. */
  holdOut(log: RatingLog, seed: number): TimeSplit;
  /** Sessions to measure policies in, where users can be simulated. */
  sessions?(options: LogRunOptions, remembers: LogVariant['remembers']): MaybePromise<MeasureSessions>;
  /** Users to learn with in sessions, where they can be simulated: others than those measured. */
  simulator?(options: RunOptions): MaybePromise<Simulator>;
}

/** A user's own environment, which brings its own users. */
export interface EnvironmentScenario extends BaseScenario<EnvironmentVariant> {
  readonly kind: 'environment';
  nameRun(options: RunOptions): string;
}

export type Scenario = LogScenario | EnvironmentScenario;
