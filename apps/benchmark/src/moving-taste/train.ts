import { train } from '@rl-recsys/agent';
import {
  residualInSimulator,
  SIMULATED_SESSIONS,
  type EmbeddingTables,
  type RankingPolicy,
  type ResidualFields,
} from '@rl-recsys/drr';
import type { BlockPlace } from '@rl-recsys/embeddings';
import type { Random } from '@rl-recsys/random';
import { linearSchedule, type Replay } from '@rl-recsys/replay-buffer';
import { measureSessions, movingTasteEnvironment, type MovingTasteWorld } from '@rl-recsys/simulators';
import { stateLayers, type StateLayerName } from '@rl-recsys/state';
import { mean } from 'simple-statistics';
import { BestOnTheWay } from './best-on-the-way.js';
import type { TaskOptions } from './task-result.js';

/** Sessions of each user who judges a policy, each time. */
const JUDGED_SESSIONS = 4;

export interface PolicyTraining extends Pick<
  TaskOptions,
  'epsilon' | 'replayed' | 'sessions' | 'steps' | 'tau'
> {
  readonly world: MovingTasteWorld;
  readonly tables: EmbeddingTables;
  readonly blocks: readonly BlockPlace[];
  /** What the blocks count at first (default all alike). */
  readonly gates?: Readonly<Record<string, number>>;
  readonly stateModule: StateLayerName;
  /** Who comes in training. */
  readonly users: readonly number[];
  /** Others, for whom the policy that training leaves is the best that it had on its way (default nobody: the last one). */
  readonly judges?: readonly number[];
  readonly gamma: number;
  readonly random: Random;
}

/** DRR trained in a world, where it sees what was shown and earned, and never the state; and what it was shown there. */
export async function trainPolicy({
  world,
  tables,
  stateModule,
  users,
  judges = [],
  epsilon,
  replayed,
  random,
  ...training
}: PolicyTraining): Promise<{
  readonly policy: RankingPolicy;
  readonly replay: Replay<ResidualFields>;
}> {
  const historySize = world.dynamics.sessionLength; // so that the history tells how much of it is left
  const visits = random.fork('environment');
  const { agent, environment, steps } = residualInSimulator({
    ...{ ...training, ...tables, historySize, random },
    stateLayer: stateLayers[stateModule],
    ...(epsilon && { epsilon: fallingEpsilon(training, epsilon) }),
    // What the next item alone earns does not go stale.
    ...(replayed && training.gamma > 0 && { capacity: Math.ceil(replayed * training.steps) }),
    candidateCount: Math.min(32, world.itemCount),
    makeEnvironment: (session) =>
      movingTasteEnvironment({
        ...{ world, users, historySize, lendsCandidates: true },
        random: visits.fork(String(session)),
      }),
  });
  const judging = {
    world,
    historySize,
    users: judges,
    sessions: JUDGED_SESSIONS,
    random: random.fork('judging'),
  };
  const onTheWay = new BestOnTheWay(
    steps,
    () => agent.policy(),
    (policy) => mean(measureSessions(policy, judging).map(({ reward }) => reward)),
  );
  const isJudged = judges.length > 0;
  await train({ agent, environment, steps, ...(isJudged && { onMetrics: (line) => onTheWay.look(line) }) });
  const policy = isJudged ? onTheWay.found : agent.policy();
  agent.dispose();
  return { policy, replay: agent.replay };
}

function fallingEpsilon(
  { steps, sessions = SIMULATED_SESSIONS }: Pick<PolicyTraining, 'steps' | 'sessions'>,
  { to, within }: NonNullable<TaskOptions['epsilon']>,
): (round: number) => number {
  const rounds = Math.ceil((within * steps) / sessions);
  return (round) => linearSchedule(round, { from: 1, to, steps: rounds });
}
