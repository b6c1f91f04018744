import type { Policy } from '@rl-recsys/evaluation';
import type { Random } from '@rl-recsys/random';
import type { RatingLog } from '@rl-recsys/rating-log';
import type { MaybePromise } from '@rl-recsys/environment';
import type { TrainingMetrics } from './metrics.js';
import type { TrainOptions } from './options.js';

/** A trained recommender and what it should be compared with. */
export interface Recommender {
  readonly policy: Policy;
  /** Policies that rank by the same vectors without having learned anything beside them. */
  readonly baselines: readonly Policy[];
}

/** A recommender that has just been trained. */
export interface TrainedRecommender extends Recommender {
  /** Writes to a folder what {@link Variant.load} needs. */
  readonly save: (folder: string) => Promise<void>;
}

export interface TrainingContext {
  /** The training part of the log, and nothing else. */
  readonly train: RatingLog;
  readonly options: TrainOptions;
  readonly random: Random;
  /** Called about a hundred times; training waits for it. */
  readonly onMetrics: (metrics: TrainingMetrics) => MaybePromise<void>;
}

/** One way to make a recommender from a log. */
export interface Variant {
  readonly train: (context: TrainingContext) => Promise<TrainedRecommender>;
  readonly load: (folder: string, options: TrainOptions) => Promise<Recommender>;
}
