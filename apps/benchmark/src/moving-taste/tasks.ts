import { Random } from '@rl-recsys/random';
import {
  greedyTastePolicy,
  measureSessions,
  movingTasteCatalogue,
  movingTasteTypes,
  searchSession,
  SessionPlanner,
  trueVectors,
  sessionValue,
  type MovingTasteWorld,
  type SessionValue,
  type TastePolicy,
} from '@rl-recsys/simulators';
import { mean } from 'simple-statistics';
import { learnedVectors } from './learned-vectors.js';
import {
  besidePlan,
  GREEDY,
  summarize,
  type Task,
  type TaskOptions,
  type TaskResult,
} from './task-result.js';
import { trainPolicy } from './train.js';

const worlds = Random.fromSeed('moving taste');
const range = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);

/** Six types of items, whose optimum is known: 64 users are measured, 200 others trained on, and 100 more are judges. */
const types: Task = {
  name: 'types',
  about: 'three topics, each with a nourishing type and a clickbait; the plan is dynamic programming',
  run: (options) => {
    const world = movingTasteTypes({ users: 364, random: worlds.fork('types') });
    const [measured, trained, judges] = [range(0, 64), range(64, 200), range(264, 100)];
    const plan = valuesOf(world, measured, new SessionPlanner(world).policy).map(({ reward }) => reward);
    return planAhead(types.name, { ...options, world, measured, trained, judges, plan, visits: 16 });
  },
};

/** 500 items without repeats: 100 users are measured, 200 others trained on, and 100 more are judges. */
const catalogue: Task = {
  name: 'catalogue',
  about: '500 items of six topics, none shown twice; the plan is a beam search, a lower bound of the optimum',
  run: (options) => {
    const world = movingTasteCatalogue({ users: 400, random: worlds.fork('catalogue') });
    const [measured, trained, judges] = [range(0, 100), range(100, 200), range(300, 100)];
    const plan = measured.map((user) => searchSession(world, user).reward);
    return planAhead(catalogue.name, { ...options, world, measured, trained, judges, plan, visits: 4 });
  },
};

export const tasks: readonly Task[] = [types, catalogue, learnedVectors];

/** What each user's sessions are worth under a policy of the true state. */
function valuesOf(world: MovingTasteWorld, users: readonly number[], policy: TastePolicy): SessionValue[] {
  return users.map((user) => sessionValue(world, user, policy));
}

/** DRR that knows the true tastes, beside policies that see the state. */
async function planAhead(
  task: string,
  options: TaskOptions & {
    readonly world: MovingTasteWorld;
    readonly measured: readonly number[];
    readonly trained: readonly number[];
    readonly judges: readonly number[];
    /** What each measured user's sessions are worth under the plan. */
    readonly plan: readonly number[];
    /** Sessions of each of them. */
    readonly visits: number;
  },
): Promise<TaskResult> {
  const { world, measured, trained, judges, plan, visits, seed, ...asked } = options;
  const startedAt = performance.now();
  const random = Random.fromSeed(seed).fork(task);
  const tables = trueVectors(world);
  const blocks = [{ name: 'taste', start: 0, size: tables.items.size }];
  const training = { ...asked, world, tables, blocks, users: trained, judges };
  const measuring = { world, users: measured, sessions: visits, historySize: world.dynamics.sessionLength };
  const trainAt = async (gamma: number, name: string) => {
    const { policy } = await trainPolicy({ ...training, gamma, random: random.fork(name) });
    return measureSessions(policy, { ...measuring, random: random.fork('measured') });
  };
  const nourishing = greedyTastePolicy(world, { bait: 1.2, satiation: 0.3 });
  const values: Record<string, readonly SessionValue[]> = {
    'DRR, γ = 0.98': await trainAt(0.98, 'planning'),
    'DRR, γ = 0': await trainAt(0, 'myopic'),
    [GREEDY]: valuesOf(world, measured, greedyTastePolicy(world)),
    'no clickbait, sees the state': valuesOf(world, measured, nourishing),
  };
  const result = summarize(task, values, { seed, random: random.fork('bootstrap'), startedAt });
  return besidePlan(result, { greedy: result.rewards[GREEDY]!, plan: mean([...plan]) });
}
