import { train } from '@rl-recsys/agent';
import { DrrAgent } from '@rl-recsys/drr';
import { fitMatrixFactorization, itemTable, userTable } from '@rl-recsys/embeddings';
import { timeLimit } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { splitByTime } from '@rl-recsys/rating-log';
import { ratingLogEnvironment, syntheticRatingLog } from '@rl-recsys/simulators';
import type { TurnAnswer } from '../harness/protocol.js';
import { serve } from '../harness/serve.js';
import { SEED, SIZES } from '../sizes.js';
import { startBackend, type BackendOptions } from './backend.js';
import { PartTimer } from './part-timer.js';

/**
 * The main job, composed as the trainer does; an iteration is a step of the environment. Each request is a
 * run of its own, from the beginning; its first steps, which only fill a batch, are not among the times.
 */
const SESSION_LENGTH = 10;
const BATCH_SIZE = 64;
const about = await startBackend(JSON.parse(process.argv[2]!) as BackendOptions);
const random = Random.fromSeed(SEED);
const { train: log } = splitByTime(syntheticRatingLog({ random: random.fork('synthetic ratings') }));
const factorization = fitMatrixFactorization(log, {
  random: random.fork('embeddings'),
  factors: SIZES.embeddingSize - 1,
  iterations: 2, // what the vectors are worth does not matter here
});
const tables = { users: userTable(factorization), items: itemTable(factorization) };

await serve({ run: trainOnce }, about);

async function trainOnce(iterations: number): Promise<TurnAnswer> {
  const steps = iterations + BATCH_SIZE;
  const playback = ratingLogEnvironment({
    log,
    historySize: SIZES.historySize,
    minimumCandidates: SESSION_LENGTH,
    random: random.fork('environment'),
  });
  const environment = timeLimit(playback, SESSION_LENGTH);
  const agent = new DrrAgent({
    ...{ ...tables, historySize: SIZES.historySize, tau: 0.01 },
    ...{ rounds: steps, batchSize: BATCH_SIZE, random },
  });
  const { actor, learner, replay } = agent;
  const timer = new PartTimer();
  const begins: number[] = [];
  timer.watch('act', actor, 'explore');
  timer.watch('environment', environment, 'reset');
  timer.watch('environment', environment, 'step', (at) => begins.push(at));
  timer.watch('add and priorities', replay, 'add');
  timer.watch('sample', replay, 'sample');
  timer.watch('learn', learner, 'learn');
  timer.watch('add and priorities', replay, 'updatePriorities');
  const startedAt = performance.now();
  await train({ agent, environment, steps });
  const endedAt = performance.now();
  agent.dispose();
  // From one step of the environment to the next: all that belongs to a step happens once between them.
  const times = begins.map((begun, place) => (begins[place + 1] ?? endedAt) - begun);
  return { times: times.slice(BATCH_SIZE), details: { steps, whole: endedAt - startedAt, ...timer.parts } };
}
