import { setImmediate as nextTurn } from 'node:timers/promises';
import { Random } from '@rl-recsys/random';
import { useWasmBackend } from './backend.js';
import { compareWithBaselines, formatComparison } from './compare.js';
import { holdOut } from './hold-out.js';
import { describeDataset, loadDataset } from './load-dataset.js';
import type { TrainingMetrics } from './metrics.js';
import { sessionMeasuring } from './moving-taste/session-measuring.js';
import type { TrainOptions } from './options.js';
import { chooseRunFolder } from './run-folder.js';
import { saveRun } from './run.js';
import { trainingProgress } from './training-progress.js';
import { variantOf } from './variants/index.js';

/** The main job, from a log of ratings to a trained recommender with an honest table beside it. */
export async function train(options: TrainOptions): Promise<void> {
  const { seed, steps, historySize, threads } = options;
  const startedAt = performance.now();
  const folder = chooseRunFolder(options);
  await useWasmBackend(threads);

  const dataset = await loadDataset(options);
  const { log } = dataset;
  for (const line of describeDataset(dataset)) console.log(line);
  const split = holdOut(log, options);

  // Vectors and agent learn from the training part alone: what has seen the held-out ratings ranks them too well.
  const metrics: TrainingMetrics[] = [];
  const progress = trainingProgress(steps);
  const recommender = await variantOf(options).train({
    train: split.train,
    options,
    random: Random.fromSeed(seed),
    onMetrics: async (line) => {
      metrics.push(line);
      progress.show(line);
      await nextTurn(); // lets the bar be drawn
    },
  });
  progress.stop();

  console.log('evaluating on held-out ratings, the newest 20 % of a user’s …');
  const sessions = sessionMeasuring(options);
  const comparison = compareWithBaselines({ split, historySize, seed, recommender, sessions });
  console.log(formatComparison(comparison));

  const seconds = (performance.now() - startedAt) / 1000;
  await saveRun(folder, { options, dataset, recommender, metrics, table: comparison.rows, seconds });
  console.log(
    `Saved ${folder} after ${seconds.toFixed(0)} s; open ${folder}/report.html in a browser. Next:`,
  );
  console.log(`  npm run recommend -- --run ${folder} --user ${dataset.users.idOf(0)} -k 10`);
}
