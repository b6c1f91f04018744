import { bootstrapDifference, type Interval } from '@rl-recsys/evaluation';
import type { Random } from '@rl-recsys/random';
import type { SessionValue } from '@rl-recsys/simulators';
import type { StateLayerName } from '@rl-recsys/state';
import { mean } from 'simple-statistics';

/** How DRR is trained in a world; what is left out is as its library has it. */
export interface TaskOptions {
  readonly seed: number;
  /** How many items are shown in training. */
  readonly steps: number;
  readonly stateModule: StateLayerName;
  /** Side by side. */
  readonly sessions?: number;
  /** ε falls from 1 to `to` in the share `within` of training. */
  readonly epsilon?: { readonly to: number; readonly within: number };
  /** The share of training that replay holds where it plans: what was shown last. */
  readonly replayed?: number;
  /** How far the averaged networks move at each update of the actor. */
  readonly tau?: number;
}

/** A world to plan in. */
export interface Task {
  readonly name: string;
  readonly about: string;
  readonly run: (options: TaskOptions) => Promise<TaskResult>;
}

/** What one seed of a task gave: means over users who were never trained on, by policy; the first is DRR. */
export interface TaskResult {
  readonly task: string;
  readonly seed: number;
  readonly rewards: Readonly<Record<string, number>>;
  /** Items a session. */
  readonly lengths: Readonly<Record<string, number>>;
  /** How much more a session with DRR earns than with each other policy, with 95 % intervals over users. */
  readonly differences: Readonly<Record<string, Interval>>;
  /** How much of the way from the best greedy policy to the plan DRR has gone, where there is a plan. */
  readonly gapClosed?: number;
  /** The share of clickbait in what DRR shows. */
  readonly bait: number;
  readonly seconds: number;
}

/** @param values - each user's sessions by policy, DRR's first. */
export function summarize(
  task: string,
  values: Readonly<Record<string, readonly SessionValue[]>>,
  { seed, random, startedAt }: { readonly seed: number; readonly random: Random; readonly startedAt: number },
): TaskResult {
  const [[, drr], ...others] = Object.entries(values) as [[string, readonly SessionValue[]]];
  const each = <T>(of: (sessions: readonly SessionValue[]) => T) =>
    Object.fromEntries(Object.entries(values).map(([policy, sessions]) => [policy, of(sessions)]));
  const rewardsOf = (sessions: readonly SessionValue[]) =>
    Float64Array.from(sessions, ({ reward }) => reward);
  return {
    ...{ task, seed },
    rewards: each((sessions) => mean(sessions.map(({ reward }) => reward))),
    lengths: each((sessions) => mean(sessions.map(({ length }) => length))),
    differences: Object.fromEntries(
      (others as [string, readonly SessionValue[]][]).map(([policy, sessions]) => [
        policy,
        bootstrapDifference(rewardsOf(drr), rewardsOf(sessions), { random: random.fork(policy) }),
      ]),
    ),
    bait: mean(drr.map(({ bait }) => bait)),
    seconds: (performance.now() - startedAt) / 1000,
  };
}

/** What sessions are worth to policies that see the state: the best greedy one, and one that plans. */
export interface Reference {
  readonly greedy: number;
  readonly plan: number;
}

/** A result beside the plan: how much of the way to it from the best greedy policy DRR has gone. */
export function besidePlan(result: TaskResult, { greedy, plan }: Reference): TaskResult {
  const [drr] = Object.values(result.rewards) as [number];
  return {
    ...result,
    rewards: { ...result.rewards, [GREEDY]: greedy, plan },
    gapClosed: (drr - greedy) / (plan - greedy),
  };
}

/** What the best greedy policy is called. */
export const GREEDY = 'greedy, sees the state';
