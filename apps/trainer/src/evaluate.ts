import { useWasmBackend } from './backend.js';
import { compareWithBaselines, formatComparison } from './compare.js';
import { holdOut } from './hold-out.js';
import { sessionMeasuring } from './moving-taste/session-measuring.js';
import { loadRun } from './run.js';

/** Evaluates a saved run again: the figures that training printed, to the last digit. */
export async function evaluate(folder: string): Promise<void> {
  await useWasmBackend();
  const { options, dataset, recommender } = await loadRun(folder);
  const { historySize, seed } = options;
  const split = holdOut(dataset.log, options);
  const sessions = sessionMeasuring(options);
  console.log(formatComparison(compareWithBaselines({ split, historySize, seed, recommender, sessions })));
}
