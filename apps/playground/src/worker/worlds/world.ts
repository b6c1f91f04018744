import type { BlockFoldIn } from '@rl-recsys/embeddings';
import type { EmbeddingTables, ResidualAgent } from '@rl-recsys/drr';
import type { Environment, RecommendationObservation, VectorEnvironment } from '@rl-recsys/environment';
import type { IdMap, RatingLog } from '@rl-recsys/rating-log';
import type { MeasuredPolicy } from '@rl-recsys/simulators';
import type { Baseline, ItemFacts } from '../../messages.js';
import type { Knobs, Plan } from '../../plan.js';

/** Where data and users come from. */
export interface World {
  /** In a sentence. */
  readonly about: string;
  readonly log: RatingLog;
  readonly users: IdMap;
  readonly items: IdMap;
  readonly titles: ReadonlyMap<number, string>;
  readonly tables: EmbeddingTables;
  readonly foldIn: BlockFoldIn;
  readonly historySize: number;
  readonly topicCount: number;
  readonly hasMood: boolean;
  readonly canBeBored: boolean;
  /** Users whose sessions are played to be looked at and measured. */
  readonly lookedAt: readonly number[];
  /** Makes an agent, untrained, and what it learns in; the same for the same plan. */
  make(plan: Plan, knobs: Knobs): Trainable;
  /** A session with one user. */
  session(user: number, knobs: Knobs, seed: number): Environment<RecommendationObservation, number>;
  /** What sessions with users apart earn, on average. */
  measure(policy: MeasuredPolicy, knobs: Knobs): Promise<number>;
  baselines(knobs: Knobs): Promise<readonly Baseline[]>;
  readonly factsOf: (item: number) => ItemFacts;
  /** What one to five stars earn. */
  rewardOf(stars: number): number;
}

/** An agent and what it learns in. */
export interface Trainable {
  readonly agent: ResidualAgent;
  readonly environment: VectorEnvironment<RecommendationObservation, number>;
  readonly steps: number;
}
