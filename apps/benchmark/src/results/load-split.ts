import { join } from 'node:path';
import type { Dataset } from '@rl-recsys/datasets';
import type { TimeSplit } from '@rl-recsys/rating-log';
import { holdOut } from '@rl-recsys/trainer/hold-out';
import { loadDataset } from '@rl-recsys/trainer/load-dataset';
import { parseTrainOptions, type TrainOptions } from '@rl-recsys/trainer/options';

/** A log as the trainer loads and splits it. */
export interface LoadedSplit {
  readonly options: TrainOptions;
  readonly dataset: Dataset;
  readonly split: TimeSplit;
}

/**
 * Loads a dataset and holds out what the trainer would. It is downloaded, unless `RL_RECSYS_DATA` names a folder that
 * has it.
 *
 * @param given - options of the trainer.
 */
export async function loadSplit(given: {
  readonly dataset: string;
  readonly seed: number;
}): Promise<LoadedSplit> {
  const root = process.env['RL_RECSYS_DATA'];
  const data = root === undefined ? {} : { data: join(root, given.dataset) };
  const options = parseTrainOptions({ ...given, ...data });
  const dataset = await loadDataset(options);
  return { options, dataset, split: holdOut(dataset.log, options) };
}
