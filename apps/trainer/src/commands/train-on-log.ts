import { train, type TrainingMetrics } from '@rl-recsys/agent';
import { Random } from '@rl-recsys/random';
import { createRecommender } from '@rl-recsys/recommender';
import { useWasmBackend } from '../backend.js';
import { parseTrainOptions } from '../options/parse.js';
import type { LogRunOptions } from '../options/run-options.js';
import { openRecorder } from '../run/recorder.js';
import { factsNow } from '../run/run-facts.js';
import { chooseRunFolder } from '../run/run-folder.js';
import { saveRun } from '../run/save-run.js';
import { logScenarioOf, logVariantOf } from '../scenarios/index.js';
import { formatDuration } from '../terminal/duration.js';
import { nextCommand } from '../terminal/next-command.js';
import { trainingProgress } from '../terminal/training-progress.js';
import { actorLearned, WITHOUT_ACTOR_UPDATES } from './actor-updates.js';
import { assertEnoughRatings, withoutLikes } from './training-part.js';
import { compareWithProgress } from '../comparison/compare-with-progress.js';
import { strongBaselines } from '../comparison/strong-baselines.js';
import { formatComparison } from '../comparison/format.js';
import { printResult, say } from '../terminal/output.js';
import { whileShown } from '../terminal/progress.js';

/** The main job, from a log of ratings to a trained recommender with an honest table beside it. */
export async function trainOnLog(given: Readonly<Record<string, unknown>>): Promise<void> {
  const startedAt = performance.now();
  const options = parseTrainOptions(given) as LogRunOptions;
  const { seed, steps, historySize, threads } = options;
  const [scenario, variant] = [logScenarioOf(options), logVariantOf(options)];
  const folder = chooseRunFolder(scenario.nameRun?.(options) ?? options.scenario, options);
  await useWasmBackend(threads);

  const { dataset, lines } = await whileShown('reading', async () => scenario.load(options));
  for (const line of lines) say(line);
  const split = scenario.holdOut(dataset.log, seed);
  assertEnoughRatings(dataset.log, split, variant.fewestRatings(options));
  const warning = withoutLikes(split);
  if (warning !== undefined) say(warning);

  // Vectors and agent learn from the training part alone: what has seen the held-out ratings ranks them too well.
  const made = await variant.make({
    ...{ log: split.train, options, random: Random.fromSeed(seed) },
    simulator: await scenario.simulator?.(options),
  });
  const { users, items, titles } = dataset;
  const recorder = await openRecorder(folder, options, {
    user: (observed) => users.idOf(made.userOf?.(observed) ?? observed),
    item: (index) => titles.get(index) ?? items.idOf(index),
  });
  const progress = trainingProgress(steps);
  let hasLearned = false;
  const onMetrics = async (line: TrainingMetrics) => {
    hasLearned ||= actorLearned(line);
    await recorder.line(line);
    progress.show(line);
  };
  try {
    await train({ ...made, onMetrics, onSession: (session) => recorder.session(session) });
  } finally {
    progress.stop();
    await recorder.close();
  }
  if (!hasLearned) say(WITHOUT_ACTOR_UPDATES);
  const recommender = createRecommender({ ...made, ...dataset });
  made.agent.dispose();

  const measure = await scenario.sessions?.(options, variant.remembers);
  const compared = await variant.compare(recommender, split.train);
  const strong = await strongBaselines(split.train, options, compared);
  const comparison = compareWithProgress({ split, historySize, seed, compared, strong, measure });

  const seconds = (performance.now() - startedAt) / 1000;
  const facts = factsNow(dataset, seconds);
  const saved = { ...options, ...made.settled };
  await saveRun(folder, { options: saved, recommender, table: comparison.table, facts });
  printResult(formatComparison(comparison), { run: folder, seconds, ...comparison });
  say(`Saved ${folder} after ${formatDuration(seconds)}; open ${folder}/report.html in a browser. Next:`);
  say(`  ${nextCommand('recommend', ['--run', folder, '--user', users.idOf(0), '-k', '10'])}`);
  say(`  ${nextCommand('evaluate', ['--run', folder])}`);
}
