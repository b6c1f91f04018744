import { Queue, QueueEvents, Worker } from 'bullmq';
import { openRedis } from '@rl-recsys/distributed';
import { runTrial } from './run-trial.js';
import { nameOf, outcomeSchema, trialSchema, type Outcome, type Trial, type TrialRunner } from './trial.js';

/** Milliseconds after which a worker that said nothing is taken for dead, and another one has its trial. */
const SILENCE = 5_000;
/** How often a trial may lose its worker. */
const MOST_LOST = 50;

/** Hands trials to workers on any machine. The same trial is run once, also where a sweep goes on. */
export async function trialsElsewhere(url: string, group: string): Promise<TrialRunner> {
  const connection = await connectionOf(url);
  const queue = new Queue(queueName(group), { connection });
  const events = new QueueEvents(queueName(group), { connection });
  queue.on('error', () => undefined); // whoever asks is told
  events.on('error', () => undefined);
  await events.waitUntilReady();
  return {
    async run(trial: Trial): Promise<Outcome> {
      const settings = { jobId: nameOf(trial), removeOnComplete: false, removeOnFail: true };
      const job = await queue.add('trial', trial, settings);
      const outcome = outcomeSchema.parse(await job.waitUntilFinished(events));
      await job.remove();
      return outcome;
    },
    async close() {
      await events.close();
      await queue.close();
    },
  };
}

/**
 * Runs the trials of a group, one after another and each in a process of its own, until `signal` aborts: the trial that it has then
 * is handed to another worker.
 */
export async function workOnTrials(
  url: string,
  group: string,
  {
    signal,
    onTrial,
  }: { readonly signal: AbortSignal; readonly onTrial: (name: string, outcome?: Outcome) => void },
): Promise<void> {
  const connection = await connectionOf(url);
  const worker = new Worker(
    queueName(group),
    async (job) => {
      const trial = trialSchema.parse(job.data);
      onTrial(nameOf(trial));
      const outcome = await runTrial(trial, signal);
      onTrial(nameOf(trial), outcome);
      return outcome;
    },
    {
      ...{ connection, lockDuration: SILENCE, stalledInterval: SILENCE / 2 },
      ...{ maxStalledCount: MOST_LOST, removeOnComplete: { count: 100_000 } },
    },
  );
  worker.on('error', () => undefined);
  await worker.waitUntilReady();
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await worker.close(true);
}

/** BullMQ makes connections of its own; this one tells in a sentence what is wrong with the Redis. */
async function connectionOf(url: string) {
  (await openRedis(url)).disconnect();
  return { url, maxRetriesPerRequest: null };
}

function queueName(group: string): string {
  return `rl-recsys-trials-${group}`;
}
