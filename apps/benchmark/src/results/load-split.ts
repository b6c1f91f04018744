import { join } from 'node:path';
import { loadKnownDataset, type Dataset } from '@rl-recsys/datasets';
import { Random } from '@rl-recsys/random';
import { splitAtRandom, splitByTime, type TimeSplit } from '@rl-recsys/rating-log';
import type { DatasetName } from './configuration.js';

/** A log, and what is held out of it. */
export interface LoadedSplit {
  readonly dataset: Dataset;
  readonly split: TimeSplit;
  /** n, the likes that a policy sees. */
  readonly historySize: number;
}

/** What is to be loaded. */
export interface SplitOptions {
  readonly dataset: DatasetName;
  /** Draws what is held out where there are no times. */
  readonly seed: number;
  /** Default 10. */
  readonly historySize?: number;
}

/**
 * Loads a dataset and holds out a fifth of each user's ratings: the newest, or of Jester, which has no times, any. It
 * is downloaded, unless `RL_RECSYS_DATA` names a folder that has it.
 */
export async function loadSplit({
  dataset: name,
  seed,
  historySize = 10,
}: SplitOptions): Promise<LoadedSplit> {
  const root = process.env['RL_RECSYS_DATA'];
  const dataset = await loadKnownDataset(name, root === undefined ? {} : { folder: join(root, name) });
  const split =
    name === 'jester'
      ? splitAtRandom(dataset.log, { random: Random.fromSeed(seed).fork('held out') })
      : splitByTime(dataset.log);
  return { dataset, split, historySize };
}
