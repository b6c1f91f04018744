import { train } from '@rl-recsys/agent';
import { gatedFromLog, GatedPolicy, pastPolicy } from '@rl-recsys/drr';
import { historyScorer } from '@rl-recsys/embeddings';
import {
  differencesTo,
  evaluateFullRanking,
  evaluateNextItem,
  evaluateReranking,
  historyPolicy,
  intervalsOf,
  popularityPolicy,
  type Policy,
  type RankingResult,
} from '@rl-recsys/evaluation';
import { Random } from '@rl-recsys/random';
import { splitByTime, splitLeaveLastOut, type TimeSplit } from '@rl-recsys/rating-log';
import { startBackend } from '../contenders/backend.js';
import type { HeldOut } from './configuration.js';
import type { RecommendingExperiment } from './experiments.js';
import { loadSplit } from './load-split.js';
import type { RecommenderMeasured, RecommendingMeasured } from './measured.js';
import { differenceAt, measuredAt } from './measure-ranking.js';

/** Trains the default variant on a log, and measures how it, its blocks alone and their static mix recommend. */
export async function runRecommending({ options }: RecommendingExperiment): Promise<RecommendingMeasured> {
  await startBackend({ backend: 'wasm', fastKernels: true });
  const { seed, heldOut, sequenceBlock } = options;
  const { dataset, historySize } = await loadSplit(options);
  const split = heldOut === 'last-item' ? splitLeaveLastOut(dataset.log) : splitByTime(dataset.log);
  const { agent, environment, steps } = await gatedFromLog(split.train, {
    random: Random.fromSeed(seed),
    historySize,
    goal: heldOut === 'last-item' ? 'next-item' : 'likes',
    ...(sequenceBlock !== 'none' && { sequenceBlock }),
  });
  await train({ agent, environment, steps });
  const policy = agent.policy();
  const { saved } = policy;
  const untrained = new GatedPolicy({ ...saved, trust: { catalogue: 0, few: 0 } }, policy.encoder);
  const judge = judgeOf(split, heldOut, historySize);
  const blocks = saved.scorers
    .filter(({ kind }) => kind !== 'popularity')
    .map((scorer) => judge(historyPolicy(scorer.name, historyScorer(scorer), split.train), 'block'));
  const drr = judge(pastPolicy('DRR', policy, split.train), 'trained');
  const others = [
    judge(popularityPolicy(split.train), 'baseline'),
    ...blocks,
    judge(pastPolicy('static mix', untrained, split.train), 'mix'),
  ];
  const random = Random.fromSeed(seed).fork('bootstrap');
  return {
    policies: [...others.map((each) => measuredOf(each, drr, random)), measuredOf(drr, undefined, random)],
    mix: Object.fromEntries(saved.scorers.map(({ name }, block) => [name, saved.mixes.catalogue[block]!])),
    trust: saved.trust,
  };
}

interface Judged {
  readonly role: RecommenderMeasured['role'];
  readonly catalogue: RankingResult;
  readonly few?: RankingResult;
}

function judgeOf(split: TimeSplit, heldOut: HeldOut, historySize: number) {
  const protocol = { ...split, historySize };
  return (policy: Policy, role: Judged['role']): Judged =>
    heldOut === 'last-item'
      ? { role, catalogue: evaluateNextItem(policy, { ...protocol, cutoffs: [10] }) }
      : {
          role,
          catalogue: evaluateFullRanking(policy, { ...protocol, cutoffs: [10] }),
          few: evaluateReranking(policy, { ...protocol, cutoffs: [5] }),
        };
}

/** What is kept of a policy, with what DRR has over it. */
function measuredOf(
  { role, catalogue, few }: Judged,
  drr: Judged | undefined,
  random: Random,
): RecommenderMeasured {
  const measured = (result: RankingResult) => measuredAt(intervalsOf(result, { random })[0]!);
  const lead = (mine: RankingResult, theirs: RankingResult) =>
    differenceAt(differencesTo(theirs, mine, { random })[0]!);
  return {
    ...{ policy: catalogue.policy, role, catalogue: measured(catalogue) },
    ...(few && { few: measured(few) }),
    ...(drr && {
      lead: {
        catalogue: lead(drr.catalogue, catalogue),
        ...(few && drr.few && { few: lead(drr.few, few) }),
      },
    }),
  };
}
