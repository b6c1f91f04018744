import { setImmediate as nextTurn } from 'node:timers/promises';
import { DrrAgent } from '@rl-recsys/drr';
import {
  fitMatrixFactorization,
  itemTable,
  userTable,
  type MatrixFactorization,
} from '@rl-recsys/embeddings';
import { timeLimit } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { splitByTime, type RatingLog } from '@rl-recsys/rating-log';
import { PrioritizedReplay } from '@rl-recsys/replay-buffer';
import { ratingLogEnvironment } from '@rl-recsys/simulators';
import { useWasmBackend } from './backend.js';
import { compareWithBaselines, formatComparison } from './compare.js';
import { loadDataset } from './load-dataset.js';
import type { TrainingMetrics } from './metrics.js';
import type { TrainOptions } from './options.js';
import { progressBar } from './progress.js';
import { chooseRunFolder } from './run-folder.js';
import { saveRun } from './run.js';
import { trainDrr } from './train-drr.js';
import { trainingProgress } from './training-progress.js';

/** The main job, from a log of ratings to a trained recommender with an honest table beside it. */
export async function train(options: TrainOptions): Promise<void> {
  const { seed, steps, batchSize, gamma, historySize, sessionLength, stateSignal } = options;
  const startedAt = performance.now();
  const folder = chooseRunFolder(options);
  const random = Random.fromSeed(seed);
  await useWasmBackend();

  const dataset = await loadDataset(options);
  const { log, replaced } = dataset;
  console.log(
    `${dataset.name}: ${log.ratings.length} ratings of ${log.itemCount} items by ${log.userCount} users`,
  );
  if (replaced > 0) console.log(`${replaced} ratings were replaced by a later one of the same user and item`);
  const split = splitByTime(log);

  // Fitted on the training part alone: vectors that have seen the held-out ratings rank them too well.
  const factorization = fitEmbeddings(split.train, options, random.fork('embeddings'));
  const tables = { users: userTable(factorization), items: itemTable(factorization) };

  const playback = ratingLogEnvironment({
    log: split.train,
    historySize,
    minimumCandidates: sessionLength,
    random: random.fork('environment'),
  });
  const agent = new DrrAgent({
    ...tables,
    historySize,
    encoderSignal: stateSignal,
    tau: 0.01, // ten times DDPG's: the targets must get somewhere within a few thousand updates
    random: random.fork('agent'),
  });
  const replay = new PrioritizedReplay({
    capacity: Math.min(steps, 1_000_000),
    fields: agent.fields,
    random: random.fork('replay'),
  });
  const metrics: TrainingMetrics[] = [];
  const progress = trainingProgress(steps);
  await trainDrr({
    environment: timeLimit(playback, sessionLength),
    agent,
    replay,
    items: tables.items,
    random: random.fork('exploration'),
    steps,
    batchSize,
    gamma,
    onMetrics: async (line) => {
      metrics.push(line);
      progress.show(line);
      await nextTurn(); // lets the bar be drawn
    },
  });
  progress.stop();

  console.log('evaluating on the newest 20 % of the ratings of each user …');
  const table = compareWithBaselines({ split, historySize, seed, tables, drr: agent.policy });
  console.log(formatComparison(table));

  const seconds = (performance.now() - startedAt) / 1000;
  await saveRun(folder, { options, dataset, tables, agent, metrics, table, seconds });
  console.log(
    `Saved ${folder} after ${seconds.toFixed(0)} s; open ${folder}/report.html in a browser. Next:`,
  );
  console.log(`  npm run recommend -- --run ${folder} --user ${dataset.users.idOf(0)} -k 10`);
}

function fitEmbeddings(
  train: RatingLog,
  { embeddingSize }: TrainOptions,
  random: Random,
): MatrixFactorization {
  const iterations = 8;
  const bar = progressBar('embeddings [{bar}] {value}/{total} sweeps | {eta_formatted} left');
  bar.update(0, { total: iterations });
  const factorization = fitMatrixFactorization(train, {
    random,
    factors: embeddingSize - 1, // the item's bias is the last dimension
    iterations,
    onIteration: (done) => bar.update(done, { total: iterations }),
  });
  bar.stop();
  return factorization;
}
