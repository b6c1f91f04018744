import { train } from '@rl-recsys/agent';
import { fitPlanningBlocks, planningGates, residualInSimulator, SIMULATED_SESSIONS } from '@rl-recsys/drr';
import { splitByTime } from '@rl-recsys/rating-log';
import { Random } from '@rl-recsys/random';
import { movingTasteEnvironment, simulatedLog, simulatedWorld } from '@rl-recsys/simulators';
import type { TurnAnswer } from '../harness/protocol.js';
import { serve } from '../harness/serve.js';
import { FIRST_ROUNDS, SEED } from '../sizes.js';
import { AllocationMeter } from './allocation-meter.js';
import { startBackend, type BackendOptions } from './backend.js';
import { PartTimer } from './part-timer.js';

/**
 * What the trainer does by default, composed as it does; an iteration is a round of 128 sessions, each of which
 * makes a step, and of four updates. Each request is a run of its own, from the beginning; its first rounds do not count.
 */
const SESSION_LENGTH = 20;
const about = await startBackend(JSON.parse(process.argv[2]!) as BackendOptions);
const random = Random.fromSeed(SEED);
const { world, trained } = simulatedWorld(SEED);
const { train: log } = splitByTime(simulatedLog(SEED).log);
const { users, items, blocks } = fitPlanningBlocks(log, random.fork('embeddings'));

await serve({ run: trainOnce }, about);

async function trainOnce(iterations: number): Promise<TurnAnswer> {
  const rounds = FIRST_ROUNDS + iterations;
  const timer = new PartTimer();
  const visits = random.fork('environment');
  const { agent, environment, steps } = residualInSimulator({
    ...{ users, items, blocks, gates: planningGates, historySize: SESSION_LENGTH, random },
    steps: rounds * SIMULATED_SESSIONS,
    makeEnvironment: (session) => {
      const environment = movingTasteEnvironment({
        ...{ world, users: trained, historySize: SESSION_LENGTH, lendsCandidates: true },
        random: visits.fork(String(session)),
      });
      timer.watch('environment', environment, 'reset');
      timer.watch('environment', environment, 'step');
      return environment;
    },
  });
  const { actor, learner, replay } = agent;
  const begins: number[] = [];
  const meter = new AllocationMeter();
  timer.watch('act', actor, 'explore', (at) => {
    if (begins.push(at) === FIRST_ROUNDS + 1) timer.restart();
    if (begins.length > FIRST_ROUNDS) meter.mark();
  });
  timer.watch('add and priorities', replay, 'add');
  timer.watch('sample', replay, 'sample');
  timer.watch('learn', learner, 'learn');
  timer.watch('add and priorities', replay, 'updatePriorities');
  await train({ agent, environment, steps });
  const endedAt = performance.now();
  agent.dispose();
  const counted = begins.slice(FIRST_ROUNDS);
  const times = counted.map((begun, place) => (counted[place + 1] ?? endedAt) - begun);
  return {
    times,
    details: {
      ...{ steps: iterations * SIMULATED_SESSIONS, whole: endedAt - counted[0]!, ...timer.parts },
      bytes: iterations * meter.median,
    },
  };
}
