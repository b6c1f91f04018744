import type { Interval, RankingMeasure } from '@rl-recsys/evaluation';
import type { Configuration, StateModuleName } from '../configuration.js';
import { listExperiments, type RecommendingExperiment } from '../experiments.js';
import type {
  CurvePoint,
  LogMeasured,
  MovingMeasured,
  PolicyMeasured,
  RecommendingMeasured,
  SessionsMeasured,
  SimulatorMeasured,
} from '../measured.js';
import type { Run } from '../run-file.js';

/** What the page is made from. */
export interface Results {
  readonly configuration: Configuration;
  /** By id; those that are missing have not been run. */
  readonly runs: ReadonlyMap<string, Run>;
}

/** A figure of each seed that has been run; null where nobody counts for it. */
export type SeedValues = readonly (number | null)[];

/** A group's name with `/seed-1` behind it is an experiment's id. */
export type Group = string;

export type Protocol = 'reranking' | 'full';
export type ExposureMeasure = 'coverage' | 'gini' | 'novelty' | 'diversity';

/** The policy of DRR in the runs of both variants. */
export const DRR = 'DRR';
export const FACTORIZATION = 'matrix factorisation';

/** Whether the configuration has any experiment of the group. */
export function isPlanned({ configuration }: Results, group: Group): boolean {
  return listExperiments(configuration).some(({ id }) => id.startsWith(`${group}/`));
}

export function runsOf({ configuration, runs }: Results, group: Group): { seed: number; run: Run }[] {
  return configuration.seeds.flatMap((seed) => {
    const run = runs.get(`${group}/seed-${seed}`);
    return run ? [{ seed, run }] : [];
  });
}

/** A policy whose rankings were measured. */
export interface RankedPolicy {
  readonly group: Group;
  readonly policy: string;
}

/** Which of the figures of a ranking. */
export interface Place<Measure = RankingMeasure | ExposureMeasure> {
  readonly protocol: Protocol;
  readonly measure: Measure;
  readonly cutoff: number;
}

/** A policy's mean over users by seed. */
export function scoresBySeed(
  results: Results,
  { group, policy }: RankedPolicy,
  { protocol, measure, cutoff }: Place,
): ReadonlyMap<number, number | null> {
  const scores = new Map<number, number | null>();
  for (const { seed, run } of runsOf(results, group)) {
    const at = policyOf(run, policy)?.[protocol].find((each) => each.cutoff === cutoff);
    const value = (at as Readonly<Record<string, number | null | Interval>> | undefined)?.[measure];
    if (value !== undefined)
      scores.set(seed, value !== null && typeof value === 'object' ? value.mean : value);
  }
  return scores;
}

export function scoresOf(results: Results, policy: RankedPolicy, place: Place): SeedValues {
  return [...scoresBySeed(results, policy, place).values()];
}

export interface SeedDifference extends Interval {
  readonly seed: number;
}

/** How much a policy is above matrix factorisation, with each seed's interval over users. */
export function differencesOf(
  results: Results,
  { group, policy }: RankedPolicy,
  { protocol, measure, cutoff }: Place<'precision' | 'ndcg'>,
): SeedDifference[] {
  return runsOf(results, group).flatMap(({ seed, run }) => {
    const differences = policyOf(run, policy)?.differences?.[protocol];
    const difference = differences?.find((each) => each.cutoff === cutoff)?.[measure];
    return difference && Number.isFinite(difference.mean) ? [{ seed, ...difference }] : [];
  });
}

/** The curves of training of a group, one a seed. */
export function curvesOf(results: Results, group: Group): (readonly CurvePoint[])[] {
  return runsOf(results, group).map(({ run }) => (run.measured as LogMeasured).curve ?? []);
}

export function sessionsOf(
  results: Results,
  dataset: string,
  stateModule: string,
): (readonly SessionsMeasured[])[] {
  return runsOf(results, `simulator/${dataset}/${stateModule}`).map(
    ({ run }) => (run.measured as SimulatorMeasured).sessions,
  );
}

/** How the default variant recommends, one a seed. */
export function recommendingOf(
  results: Results,
  { dataset, heldOut, sequenceBlock }: Omit<RecommendingExperiment['options'], 'seed'>,
): RecommendingMeasured[] {
  const group = `${dataset}/recommending/${heldOut}/${sequenceBlock}`;
  return runsOf(results, group).map(({ run }) => run.measured as RecommendingMeasured);
}

/** @param stateModule - by default that of the default variant in a simulator. */
export function movingOf(
  results: Results,
  task: string,
  stateModule: StateModuleName = 'decaying-sums',
): MovingMeasured[] {
  return runsOf(results, `moving/${task}/${stateModule}`).map(({ run }) => run.measured as MovingMeasured);
}

function policyOf(run: Run, name: string): PolicyMeasured | undefined {
  return (run.measured as LogMeasured).policies.find(({ policy }) => policy === name);
}
