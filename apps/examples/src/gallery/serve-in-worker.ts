/** Serving in a worker: ranking does not hold up the thread that answers requests. The file is both the worker and who asks it. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { loadRecommender, saveRecommender } from '@rl-recsys/recommender';
import { folderStorage } from '@rl-recsys/recommender/folder';

type Question = { readonly id: number; readonly user: string; readonly k: number };

if (isMainThread) {
  const folder = await mkdtemp(join(tmpdir(), 'recommender-'));
  await trainOne(folder);
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { folder } });
  const ask = (question: Question) =>
    new Promise<{ items: readonly { item: string }[] }>((resolve, reject) => {
      worker.once('error', reject);
      worker.on('message', (answer: { id: number; items: { item: string }[] }) => {
        if (answer.id === question.id) resolve(answer);
      });
      worker.postMessage(question);
    });
  const answers = await Promise.all(
    ['user-1', 'user-2', 'user-3'].map((user, id) => ask({ id, user, k: 3 })),
  );
  for (const [place, { items }] of answers.entries()) {
    console.log(`user-${place + 1}: ${items.map(({ item }) => item).join(' ')}`);
  }
  await worker.terminate();
} else {
  // Loading and answering need no TensorFlow.js.
  const recommender = await loadRecommender(folderStorage((workerData as { folder: string }).folder));
  parentPort!.on('message', ({ id, user, k }: Question) => {
    parentPort!.postMessage({ id, items: recommender.recommend(user, { k }) });
  });
}

/** Trains a small one, as the trainer does in earnest. */
async function trainOne(folder: string): Promise<void> {
  await import('@tensorflow/tfjs-backend-cpu');
  const [{ residualFromLog }, { Random }, { createRecommender }, { syntheticRatingLog }] = await Promise.all([
    import('@rl-recsys/drr'),
    import('@rl-recsys/random'),
    import('@rl-recsys/recommender'),
    import('@rl-recsys/simulators'),
  ]);
  const log = syntheticRatingLog({ users: 30, items: 60, ratingsPerUser: 10, random: Random.fromSeed(1) });
  const ids = (kind: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${kind}-${index}`);
  const made = residualFromLog(log, { steps: 64, hiddenSize: 8, random: Random.fromSeed(2) });
  const recommender = createRecommender({ ...made, log, users: ids('user', 30), items: ids('item', 60) });
  await saveRecommender(recommender, folderStorage(folder));
}
