import { loadRunRecommender } from '../run/load-recommender.js';
import type { LogRunOptions } from '../options/run-options.js';
import { logScenarioOf, logVariantOf } from '../scenarios/index.js';
import { compareWithBaselines } from '../comparison/compare.js';
import { strongBaselines } from '../comparison/strong-baselines.js';
import { formatComparison } from '../comparison/format.js';

/** Prints the table of a run on a log again. */
export async function evaluateOnLog(folder: string, options: LogRunOptions): Promise<void> {
  const recommender = await loadRunRecommender(folder);
  const { historySize, seed } = options;
  const [scenario, variant] = [logScenarioOf(options), logVariantOf(options)];
  const split = scenario.holdOut(recommender.parts.log, seed);
  const measure = await scenario.sessions?.(options, variant.remembers);
  const compared = await variant.compare(recommender, split.train);
  const strong = await strongBaselines(split.train, options, compared);
  console.log(
    formatComparison(compareWithBaselines({ split, historySize, seed, compared, strong, measure })),
  );
}
