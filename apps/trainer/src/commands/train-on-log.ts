import type { EpisodeSummary, SessionRecord, TrainingMetrics } from '@rl-recsys/agent';
import { createRecommender } from '@rl-recsys/recommender';
import { useWasmBackend } from '../backend.js';
import { parseTrainOptions } from '../options/parse.js';
import type { LogRunOptions } from '../options/run-options.js';
import { RecentReturn } from '../run/recent-return.js';
import { openRecorder } from '../run/recorder.js';
import { factsNow } from '../run/run-facts.js';
import { saveRun } from '../run/save-run.js';
import { settle, type StartRun } from '../run/started-run.js';
import { inThisProcess, type Training } from '../run/training.js';
import { logScenarioOf } from '../scenarios/index.js';
import { formatDuration } from '../terminal/duration.js';
import { nextCommand } from '../terminal/next-command.js';
import { untilStopped } from '../terminal/stop-signals.js';
import { trainingProgress } from '../terminal/training-progress.js';
import { actorLearned, WITHOUT_ACTOR_UPDATES } from './actor-updates.js';
import { tellStopped } from './tell-stopped.js';
import { makeOnLog } from './make-on-log.js';
import { compareWithProgress } from '../comparison/compare-with-progress.js';
import { strongBaselines } from '../comparison/strong-baselines.js';
import { formatComparison } from '../comparison/format.js';
import { printResult, say } from '../terminal/output.js';

/** The main job, from a log of ratings to a trained recommender with an honest table beside it. */
export async function trainOnLog(
  given: Readonly<Record<string, unknown>>,
  start: StartRun,
  training: Training = inThisProcess,
): Promise<void> {
  const startedAt = performance.now();
  const options = parseTrainOptions(given) as LogRunOptions;
  const { seed, historySize, threads } = options;
  const scenario = logScenarioOf(options);
  const run = await start(scenario.nameRun?.(options) ?? options.scenario, options);
  const { folder, state } = run;
  await useWasmBackend(threads);

  const { dataset, split, data, variant, made } = await makeOnLog(options, (data) => {
    if (state && state.data !== data)
      throw new Error(`--resume: expected the ratings that ${folder} was started with, got others`);
  });
  const saved = { ...options, ...made.settled };
  const checkpoints = await settle(run, saved);
  await training.settled?.(saved, data);
  const { users, items, titles } = dataset;
  const labels = {
    user: (observed: number) => users.idOf(made.userOf?.(observed) ?? observed),
    item: (index: number) => titles.get(index) ?? items.idOf(index),
  };
  const recorder = await openRecorder(folder, options, labels, state?.step);
  const progress = trainingProgress(options.steps);
  let hasLearned = state !== undefined;
  const onMetrics = async (line: TrainingMetrics) => {
    hasLearned ||= actorLearned(line);
    await recorder.line(line);
    progress.show(line);
  };
  const recent = new RecentReturn();
  const saving = checkpoints.saving({ episodes: [], data }, () => recent.mean());
  const resume = state && { resume: () => state.training };
  const onEpisode = (episode: EpisodeSummary) => recent.add(episode);
  const onSession = (session: SessionRecord) => recorder.session(session);
  const { result: steps, code } = await untilStopped((signal) =>
    training.train({ ...made, ...resume, checkpoints: saving, signal, onMetrics, onEpisode, onSession }),
  ).finally(async () => {
    progress.stop();
    await recorder.close();
  });
  if (code !== undefined && steps < made.steps) return tellStopped(training.goesOnBy, folder, steps, code);
  if (!hasLearned) say(WITHOUT_ACTOR_UPDATES);
  const recommender = createRecommender({ ...made, ...dataset });
  made.agent.dispose();

  const measure = await scenario.sessions?.(options, variant.remembers);
  const compared = await variant.compare(recommender, split.train);
  const strong = await strongBaselines(split.train, options, compared);
  const comparison = compareWithProgress({ split, historySize, seed, compared, strong, measure });

  await checkpoints.keepNewestAndBest();
  const seconds = (performance.now() - startedAt) / 1000;
  const facts = factsNow(dataset, seconds);
  await saveRun(folder, { options: saved, recommender, table: comparison.table, facts });
  printResult(formatComparison(comparison), { run: folder, seconds, ...comparison });
  say(`Saved ${folder} after ${formatDuration(seconds)}; open ${folder}/report.html in a browser. Next:`);
  say(`  ${nextCommand('recommend', ['--run', folder, '--user', users.idOf(0), '-k', '10'])}`);
  say(`  ${nextCommand('evaluate', ['--run', folder])}`);
}
