import type { Recommender } from '@rl-recsys/recommender';

/** A recommender, and what it is called in answers and in the log. */
export interface ServedModel {
  readonly version: string;
  readonly recommender: Recommender;
}

/** A model that a share of all sessions is answered by, to see how it does. */
export interface Canary extends ServedModel {
  /** From 0 to 1. */
  readonly share: number;
}

/** What answers now. */
export interface ServedModels {
  readonly serving: ServedModel;
  readonly canary?: Canary | undefined;
}
