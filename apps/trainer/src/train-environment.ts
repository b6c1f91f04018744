import type { Environment, RecommendationObservation, RecommendationSpace } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { useWasmBackend } from './backend.js';
import { importEnvironment } from './environment-module.js';
import { createSealedFolder } from './sealed-folder.js';
import { trainContinuous } from './train-continuous.js';
import { trainRecommender } from './train-recommender.js';

/** How a run on a user's own environment is set up. */
export interface EnvironmentRun {
  readonly steps: number;
  readonly random: Random;
  readonly seed: number;
}

/** Writes what was learned into a folder. */
export type SaveLearned = (draft: string) => Promise<void>;

/**
 * Trains on a user's own environment, once it has passed the checker, and saves what was learned: TD3
 * where actions are a box, DRR where items are recommended.
 *
 * Where the environment fails on the way, what was learned until then is saved and the cause thrown.
 */
export async function trainEnvironment({
  env,
  folder,
  steps,
  seed,
}: {
  /** The module's file. */
  readonly env: string;
  /** Where the run is saved. */
  readonly folder: string;
  readonly steps: number;
  readonly seed: number;
}): Promise<void> {
  await useWasmBackend();
  const make = await importEnvironment(env);
  const environment = await make();
  const run: EnvironmentRun = { steps, random: Random.fromSeed(seed), seed };
  const { saveLearned, finished } = start(environment, run, env);
  try {
    await finished;
  } finally {
    await environment.close?.();
    await createSealedFolder(folder, saveLearned);
    console.log(`Saved what was learned to ${folder}.`);
  }
}

function start(
  environment: Environment<unknown, unknown>,
  run: EnvironmentRun,
  env: string,
): { saveLearned: SaveLearned; finished: Promise<void> } {
  const actions = environment.actionSpace as { kind?: string };
  const observations = environment.observationSpace as { kind?: string };
  if (actions.kind === 'box') {
    return trainContinuous(environment as Environment<unknown, Float32Array>, run);
  }
  if (actions.kind === 'discrete' && observations.kind === 'recommendation') {
    const recommender = environment as Environment<RecommendationObservation, number>;
    return trainRecommender(recommender, observations as RecommendationSpace, run);
  }
  throw new Error(
    `${env}: expected a box of actions, or discrete ones with observations of a recommendationSpace, ` +
      `got ${actions.kind ?? 'a space of its own kind'} with ${observations.kind ?? 'a space of its own kind'}`,
  );
}
