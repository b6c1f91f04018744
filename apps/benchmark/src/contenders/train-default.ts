import { ResidualAgent } from '@rl-recsys/drr';
import { splitByTime } from '@rl-recsys/rating-log';
import { UniformReplay } from '@rl-recsys/replay-buffer';
import { Random } from '@rl-recsys/random';
import { movingTasteEnvironment } from '@rl-recsys/simulators';
import { fitPlanningBlocks, planningGates } from '@rl-recsys/trainer/moving-taste/fit-planning-blocks';
import { planningOptions } from '@rl-recsys/trainer/moving-taste/train-in-world';
import { simulatedLog, simulatedWorld } from '@rl-recsys/trainer/moving-taste/world';
import { trainResidual } from '@rl-recsys/trainer/train-residual';
import type { TurnAnswer } from '../harness/protocol.js';
import { serve } from '../harness/serve.js';
import { SEED } from '../sizes.js';
import { startBackend, type BackendOptions } from './backend.js';
import { PartTimer } from './part-timer.js';

/**
 * What the trainer does by default, composed as it does; an iteration is a round of 64 sessions, each of which
 * makes a step, and of four updates. Each request is a run of its own, from the beginning; its first rounds, in
 * which nothing or only the critics learn, do not count.
 */
const SESSIONS = 64;
const FIRST_ROUNDS = 75;
const [SESSION_LENGTH, RETURN_STEPS] = [20, 5];
const about = await startBackend(JSON.parse(process.argv[2]!) as BackendOptions);
const random = Random.fromSeed(SEED);
const { world, trained } = simulatedWorld(SEED);
const { train: log } = splitByTime(simulatedLog(SEED).log);
const { users, items, blocks } = fitPlanningBlocks(log, random.fork('embeddings'));

await serve({ run: trainOnce }, about);

async function trainOnce(iterations: number): Promise<TurnAnswer> {
  const rounds = FIRST_ROUNDS + iterations;
  const timer = new PartTimer();
  const agent = new ResidualAgent({
    ...planningOptions({
      historySize: SESSION_LENGTH,
      stateModule: 'drr-ave',
      trainableEmbeddings: false,
    }),
    ...{ users, items, blocks, gates: planningGates, random: random.fork('agent') },
  });
  const replay = new UniformReplay({
    capacity: rounds * SESSIONS,
    fields: agent.fields,
    random: random.fork('replay'),
  });
  const begins: number[] = [];
  timer.watch('act', agent, 'act', (at) => {
    if (begins.push(at) === FIRST_ROUNDS + 1) timer.restart();
  });
  timer.watch('add and priorities', replay, 'add');
  timer.watch('sample', replay, 'sample');
  timer.watch('learn', agent, 'learn');
  timer.watch('add and priorities', replay, 'updatePriorities');
  const visits = random.fork('environment');
  await trainResidual({
    makeEnvironment: (index) => {
      const environment = movingTasteEnvironment({
        ...{ world, users: trained, historySize: SESSION_LENGTH },
        random: visits.fork(String(index)),
      });
      timer.watch('environment', environment, 'reset');
      timer.watch('environment', environment, 'step');
      return environment;
    },
    ...{ agent, replay, random: random.fork('exploration') },
    ...{ steps: rounds * SESSIONS, batchSize: 128, gamma: 0.98, returnSteps: RETURN_STEPS, lastEpsilon: 0.1 },
    onMetrics: () => undefined,
  });
  const endedAt = performance.now();
  agent.dispose();
  const counted = begins.slice(FIRST_ROUNDS);
  const times = counted.map((begun, place) => (counted[place + 1] ?? endedAt) - begun);
  return { times, details: { steps: iterations * SESSIONS, whole: endedAt - counted[0]!, ...timer.parts } };
}
