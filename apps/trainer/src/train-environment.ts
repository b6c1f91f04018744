import type {
  DiscreteSpace,
  Environment,
  RecommendationObservation,
  RecommendationSpace,
} from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { useWasmBackend } from './backend.js';
import { importEnvironment } from './environment-module.js';
import { createSealedFolder } from './sealed-folder.js';
import { trainContinuous, trainDiscrete } from './train-episodes.js';
import { trainRecommender } from './train-recommender.js';

/** How a run on a user's own environment is set up. */
export interface EnvironmentRun {
  readonly steps: number;
  readonly random: Random;
  readonly seed: number;
}

/** Training that has begun. */
export interface StartedTraining {
  /** Resolves at the last step; rejects where the environment fails. */
  readonly finished: Promise<void>;
  /** Writes into a folder what was learned so far. */
  readonly saveLearned: (draft: string) => Promise<void>;
}

/**
 * Trains on a user's own environment, once it has passed the checker, and saves what was learned: DRR
 * where items are recommended, else TD3, over a box of actions or over discrete ones.
 *
 * Where the environment fails on the way, what was learned until then is saved and the cause thrown.
 */
export async function trainEnvironment({
  env,
  folder,
  steps,
  seed,
  threads,
}: {
  /** The module's file. */
  readonly env: string;
  /** Where the run is saved. */
  readonly folder: string;
  readonly steps: number;
  readonly seed: number;
  readonly threads: number;
}): Promise<void> {
  await useWasmBackend(threads);
  const make = await importEnvironment(env);
  const environment = await make();
  const run: EnvironmentRun = { steps, random: Random.fromSeed(seed), seed };
  const { saveLearned, finished } = start(environment, run, env);
  try {
    await finished;
  } finally {
    await createSealedFolder(folder, saveLearned);
    console.log(`Saved what was learned to ${folder}.`);
    await environment.close?.();
  }
}

function start(
  environment: Environment<unknown, unknown>,
  run: EnvironmentRun,
  env: string,
): StartedTraining {
  const actions = environment.actionSpace as { kind?: string };
  const observations = environment.observationSpace as { kind?: string };
  if (actions.kind === 'box') {
    return trainContinuous(environment as Environment<unknown, Float32Array>, run);
  }
  if (actions.kind === 'discrete' && observations.kind === 'recommendation') {
    const recommender = environment as Environment<RecommendationObservation, number>;
    return trainRecommender(recommender, observations as RecommendationSpace, run);
  }
  if (actions.kind === 'discrete') {
    return trainDiscrete(environment as Environment<unknown, number>, actions as DiscreteSpace, run);
  }
  throw new Error(`${env}: expected a box of actions or discrete ones, got ${actions.kind ?? 'neither'}`);
}
