import { Random } from '@rl-recsys/random';
import {
  greedyTastePolicy,
  movingTasteCatalogue,
  movingTasteTypes,
  searchSession,
  SessionPlanner,
  trueVectors,
  type MovingTasteWorld,
} from '@rl-recsys/simulators';
import { mean } from 'simple-statistics';
import { observedValuesOf, valuesOf } from './measure.js';
import { trainInWorld } from './train-in-world.js';

/** What one seed of a task gave. */
export interface TaskResult {
  readonly task: string;
  readonly seed: number;
  /** The mean session reward of users who were never trained on, by policy. */
  readonly rewards: Readonly<Record<string, number>>;
  /** How much of the way from the best greedy policy to the plan DRR has gone. */
  readonly gapClosed: number;
  /** The mean session length and the share of clickbait under DRR. */
  readonly length: number;
  readonly bait: number;
  readonly seconds: number;
}

export interface Task {
  readonly name: string;
  readonly about: string;
  readonly run: (seed: number, steps: number) => Promise<TaskResult>;
}

const range = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);

/** Six types of items, whose optimum is known: 64 users are measured, 200 others trained on. */
const types: Task = {
  name: 'types',
  about: 'three topics, each with a nourishing type and a clickbait; the plan is dynamic programming',
  run: (seed, steps) => {
    const world = movingTasteTypes({ users: 264, random: Random.fromSeed('moving taste').fork('types') });
    const planner = new SessionPlanner(world);
    const plan = valuesOf(world, range(0, 64), planner.policy);
    return runTask(types.name, world, {
      measured: range(0, 64),
      trained: range(64, 200),
      plan,
      sessions: 16,
      seed,
      steps,
    });
  },
};

/** 500 items without repeats: 100 users are measured, 200 others trained on. */
const catalogue: Task = {
  name: 'catalogue',
  about: '500 items of six topics, none shown twice; the plan is a beam search, a lower bound of the optimum',
  run: (seed, steps) => {
    const world = movingTasteCatalogue({
      users: 300,
      random: Random.fromSeed('moving taste').fork('catalogue'),
    });
    const plan = range(0, 100).map((user) => ({ reward: searchSession(world, user).reward }));
    return runTask(catalogue.name, world, {
      measured: range(0, 100),
      trained: range(100, 200),
      plan,
      sessions: 4,
      seed,
      steps,
    });
  },
};

export const tasks: readonly Task[] = [types, catalogue];

async function runTask(
  task: string,
  world: MovingTasteWorld,
  options: {
    readonly measured: readonly number[];
    readonly trained: readonly number[];
    readonly plan: ReadonlyArray<{ readonly reward: number }>;
    readonly sessions: number;
    readonly seed: number;
    readonly steps: number;
  },
): Promise<TaskResult> {
  const { measured, trained, plan, sessions, seed, steps } = options;
  const startedAt = performance.now();
  const random = Random.fromSeed(seed).fork(task);
  const tables = trueVectors(world);
  const blocks = [{ name: 'taste', start: 0, size: tables.items.size }];
  const training = { world, tables, blocks, users: trained, steps };
  const observed = { sessions, random: random.fork('measured') };
  const planning = await trainInWorld({ ...training, gamma: 0.98, random: random.fork('planning') });
  const drr = observedValuesOf(world, measured, planning, observed);
  const myopic = await trainInWorld({ ...training, gamma: 0, random: random.fork('myopic') });
  const reward = (values: ReadonlyArray<{ readonly reward: number }>) =>
    mean(values.map((value) => value.reward));
  const greedy = reward(valuesOf(world, measured, greedyTastePolicy(world)));
  const nourishing = greedyTastePolicy(world, { bait: 1.2, satiation: 0.3 });
  return {
    ...{ task, seed },
    rewards: {
      'DRR, γ = 0.98': reward(drr),
      'DRR, γ = 0': reward(observedValuesOf(world, measured, myopic, observed)),
      'greedy, sees the state': greedy,
      'no clickbait, sees the state': reward(valuesOf(world, measured, nourishing)),
      plan: reward(plan),
    },
    gapClosed: (reward(drr) - greedy) / (reward(plan) - greedy),
    length: mean(drr.map((value) => value.length)),
    bait: mean(drr.map((value) => value.bait)),
    seconds: (performance.now() - startedAt) / 1000,
  };
}
