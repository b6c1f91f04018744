import type { Interval, RankingMeasure } from '@rl-recsys/evaluation';
import type { TaskResult } from '../moving-taste/task-result.js';

/** What experiments measure, as plain JSON. A figure that nobody counts for is null there. */
export type Measured = LogMeasured | RecommendingMeasured | SimulatorMeasured | MovingMeasured;

/** How policies rank what was held out. */
export interface LogMeasured {
  readonly policies: readonly PolicyMeasured[];
  /** How training went; missing where nothing was trained. */
  readonly curve?: readonly CurvePoint[];
}

export interface PolicyMeasured {
  readonly policy: string;
  readonly reranking: readonly CutoffMeasured[];
  readonly full: readonly FullCutoffMeasured[];
  /** Over users, how much more than matrix factorisation; missing for matrix factorisation itself. */
  readonly differences?: {
    readonly reranking: readonly CutoffDifference[];
    readonly full: readonly CutoffDifference[];
  };
}

/** Means over users; those that matter most with a bootstrap interval. */
export interface CutoffMeasured extends Readonly<
  Record<Exclude<RankingMeasure, 'precision' | 'ndcg'>, number>
> {
  readonly cutoff: number;
  readonly precision: Interval;
  readonly ndcg: Interval;
}

export interface FullCutoffMeasured extends CutoffMeasured {
  readonly coverage: number;
  readonly gini: number;
  /** In bits. */
  readonly novelty: number;
  /** By categories; missing where items have none. */
  readonly diversity?: number;
}

export interface CutoffDifference {
  readonly cutoff: number;
  readonly precision: Interval;
  readonly ndcg: Interval;
}

export interface CurvePoint {
  readonly step: number;
  readonly reward: number;
  readonly criticLoss: number | null;
}

/** How DRR recommends from the catalogue, beside its blocks alone and their static mix. */
export interface RecommendingMeasured {
  readonly policies: readonly RecommenderMeasured[];
  /** What each block counts in the static mix of the catalogue. */
  readonly mix: Readonly<Record<string, number>>;
  /** How much of what was learned is followed, from 0 to 1. */
  readonly trust: { readonly catalogue: number; readonly few: number };
}

export interface RecommenderMeasured {
  readonly policy: string;
  readonly role: 'baseline' | 'block' | 'mix' | 'trained';
  /** Lists of 10 from the whole catalogue. */
  readonly catalogue: CutoffMeasured;
  /** Lists of 5 of what the user held out; missing where that is one item. */
  readonly few?: CutoffMeasured;
  /** Over users, how much more DRR has; missing for DRR itself. */
  readonly lead?: { readonly catalogue: CutoffDifference; readonly few?: CutoffDifference };
}

/** How sessions with each policy went. */
export interface SimulatorMeasured {
  readonly sessions: readonly SessionsMeasured[];
}

export interface SessionsMeasured {
  readonly policy: string;
  /** T */
  readonly steps: number;
  /** Means over users with bootstrap intervals. */
  readonly reward: Interval;
  readonly length: Interval;
  readonly repeatRate: Interval;
}

/** What a task of moving taste tells; what it has no use for is missing. */
export type MovingMeasured = Pick<TaskResult, 'task' | 'seed' | 'rewards'> & Partial<TaskResult>;
