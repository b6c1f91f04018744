import { splitByTime } from '@rl-recsys/rating-log';
import { useWasmBackend } from './backend.js';
import { compareWithBaselines, formatComparison } from './compare.js';
import { loadRun } from './run.js';

/** Evaluates a saved run again: the figures that training printed, to the last digit. */
export async function evaluate(folder: string): Promise<void> {
  await useWasmBackend();
  const { options, dataset, tables, policy } = await loadRun(folder);
  const { historySize, seed } = options;
  const split = splitByTime(dataset.log);
  const table = compareWithBaselines({ split, historySize, seed, tables, drr: policy });
  console.log(formatComparison(table));
}
