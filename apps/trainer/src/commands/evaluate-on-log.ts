import { join } from 'node:path';
import { loadRunRecommender } from '../run/load-recommender.js';
import { REPORT_FILE, rewriteReport } from '../run/run-report.js';
import type { LogRunOptions } from '../options/run-options.js';
import { logScenarioOf, logVariantOf } from '../scenarios/index.js';
import { compareWithProgress } from '../comparison/compare-with-progress.js';
import { strongBaselines } from '../comparison/strong-baselines.js';
import { printResult, say } from '../terminal/output.js';
import { formatComparison } from '../comparison/format.js';

/** Prints the table of a run on a log again, and writes its report again. */
export async function evaluateOnLog(folder: string, options: LogRunOptions): Promise<void> {
  const recommender = await loadRunRecommender(folder);
  const { historySize, seed } = options;
  const [scenario, variant] = [logScenarioOf(options), logVariantOf(options)];
  const split = scenario.holdOut(recommender.parts.log, seed);
  const measure = await scenario.sessions?.(options, variant.remembers);
  const compared = await variant.compare(recommender, split.train);
  const strong = await strongBaselines(split.train, options, compared);
  const comparison = compareWithProgress({ split, historySize, seed, compared, strong, measure });
  await rewriteReport(folder, { options, recommender, table: comparison.table });
  printResult(formatComparison(comparison), { run: folder, ...comparison });
  say(`Wrote ${join(folder, REPORT_FILE)} again.`);
}
