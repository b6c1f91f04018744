import { Queue, QueueEvents, Worker, type Job } from 'bullmq';
import { openRedis } from '@rl-recsys/distributed';
import { say } from '../terminal/output.js';
import { firstIssue } from './first-issue.js';
import { runTrial } from './run-trial.js';
import { nameOf, outcomeSchema, trialSchema, type Outcome, type Trial, type TrialRunner } from './trial.js';

/** Milliseconds after which a worker that said nothing is taken for dead, and another one has its trial. */
const SILENCE = 5_000;
/** How often a trial may lose its worker. */
const MOST_LOST = 50;
/** Milliseconds after which a trial is looked at of whose end nothing was heard: what tells of it may be lost, or garbled. */
const LOOK = 10_000;
/** How often a trial is run whose outcome is none. */
const TRIES = 3;

/** Hands trials to workers on any machine. The same trial is run once, also where a sweep goes on. */
export async function trialsElsewhere(url: string, group: string): Promise<TrialRunner> {
  const connection = await connectionOf(url);
  const queue = new Queue(queueName(group), { connection });
  const events = new QueueEvents(queueName(group), { connection });
  queue.on('error', () => undefined); // whoever asks is told
  events.on('error', () => undefined);
  for (const each of [queue, events]) each.setMaxListeners(0); // each trial that is waited for listens
  await events.waitUntilReady();
  const answerOf = async (trial: Trial) => {
    const settings = { jobId: nameOf(trial), removeOnComplete: false, removeOnFail: true };
    const job = await queue.add('trial', trial, settings);
    const answer = await finished(job, events);
    await job.remove();
    return answer;
  };
  return {
    async run(trial: Trial): Promise<Outcome> {
      for (let tries = 1; ; tries++) {
        const parsed = outcomeSchema.safeParse(await answerOf(trial));
        if (parsed.success) return parsed.data;
        const issue = firstIssue(parsed.error, 'the outcome');
        const sentence = `what a worker says of ${nameOf(trial)} is refused: ${issue}`;
        if (tries >= TRIES) throw new Error(sentence);
        say(`${sentence}; it is run again`);
      }
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
      const parsed = trialSchema.safeParse(job.data);
      if (!parsed.success) {
        const error = `a trial is refused: ${firstIssue(parsed.error, 'the trial')}`;
        const refused = { value: null, result: null, error, seconds: 0 };
        onTrial(job.id ?? 'a trial', refused);
        return refused;
      }
      const trial = parsed.data;
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

/** What came of a job, once it has ended. */
async function finished(job: Job, events: QueueEvents): Promise<unknown> {
  for (;;) {
    try {
      return (await job.waitUntilFinished(events, LOOK)) as unknown;
    } catch (error) {
      if (!(error as Error).message.includes('timed out before finishing')) throw error;
    }
  }
}

/** BullMQ makes connections of its own; this one tells in a sentence what is wrong with the Redis. */
async function connectionOf(url: string) {
  const redis = await openRedis(url);
  redis.disconnect();
  if (redis.isCluster) throw new Error('--redis: expected one Redis for a sweep, got a cluster of them');
  return { url, maxRetriesPerRequest: null };
}

function queueName(group: string): string {
  return `rl-recsys-trials-${group}`;
}
