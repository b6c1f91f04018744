import {
  averageOf,
  bootstrapDifference,
  evaluateReranking,
  itemMeanPolicy,
  leakWarning,
  oraclePolicy,
  popularityPolicy,
  randomPolicy,
  type Interval,
  type Policy,
  type RankingResult,
} from '@rl-recsys/evaluation';
import { Random } from '@rl-recsys/random';
import type { TimeSplit } from '@rl-recsys/rating-log';
import type { SessionValue } from '@rl-recsys/simulators';
import type { TableRow } from './metrics.js';
import { measureSessions, type SessionMeasuring } from './moving-taste/measure-sessions.js';
import type { Recommender } from './recommender.js';
import { textTable } from './text-table.js';

/** One draw of random orders says little; this many say it to about ±0.002 on MovieLens 100K. */
const RANDOM_SEEDS = 20;

/** What a run prints and saves of how well its policies rank. */
export interface Comparison {
  readonly rows: readonly TableRow[];
  /** How much more or less than matrix factorisation, over users. */
  readonly differences: readonly Difference[];
  /** A line to print where a policy has seen what it was tested on. */
  readonly warning: string | undefined;
}

/** The mean of a policy's score less that of matrix factorisation, at the smallest cutoff or in sessions. */
export interface Difference {
  readonly policy: string;
  readonly measure: string;
  readonly difference: Interval;
}

/** What a policy gets: its ranking, and what each measured user's sessions are worth. */
interface Result {
  readonly ranking: RankingResult;
  readonly sessions: readonly SessionValue[] | undefined;
}

/**
 * The table: DRR beside the baselines that it must be measured against, and the best that is possible,
 * by the paper's Algorithm 2 on the held-out ratings, and in sessions where there are users to play with.
 */
export function compareWithBaselines(options: {
  readonly split: TimeSplit;
  readonly historySize: number;
  readonly seed: number;
  readonly recommender: Recommender;
  readonly sessions?: SessionMeasuring | undefined;
}): Comparison {
  const { split, historySize, seed, recommender } = options;
  const random = Random.fromSeed(seed).fork('random baseline');
  const rank = (policy: Policy) => evaluateReranking(policy, { ...split, historySize });
  const play = (policy: Policy) => options.sessions && measureSessions(policy, options.sessions);
  const evaluate = (policy: Policy): Result => ({ ranking: rank(policy), sessions: play(policy) });
  const draws = Array.from({ length: RANDOM_SEEDS }, (_, draw) =>
    rank(randomPolicy(random.fork(String(draw)))),
  );
  const baselines = recommender.baselines.map(evaluate);
  const drr = evaluate(recommender.policy);
  const results: Result[] = [
    { ranking: averageOf('random', draws), sessions: play(randomPolicy(random.fork('sessions'))) },
    evaluate(popularityPolicy(split.train)),
    evaluate(itemMeanPolicy(split.train)),
    ...baselines,
    drr,
    { ranking: rank(oraclePolicy(split.test)), sessions: undefined }, // it knows the held-out ratings alone
  ];
  const [factorization, ...others] = baselines;
  return {
    rows: results.map(rowOf),
    differences: [...others, drr].flatMap((result) => differencesOf(factorization!, result, seed)),
    warning: leakWarning(results.map(({ ranking }) => ranking)),
  };
}

function rowOf({ ranking: { policy, cutoffs }, sessions }: Result): TableRow {
  const orNull = (mean: number) => (Number.isNaN(mean) ? null : mean);
  return {
    policy,
    precision: Object.fromEntries(cutoffs.map(({ cutoff, precision }) => [cutoff, orNull(precision)])),
    ndcg: Object.fromEntries(cutoffs.map(({ cutoff, ndcg }) => [cutoff, orNull(ndcg)])),
    ...(sessions && {
      session: { reward: meanOf(rewardsOf(sessions)), length: meanOf(sessions.map(({ length }) => length)) },
    }),
  };
}

function differencesOf(baseline: Result, result: Result, seed: number): Difference[] {
  const random = Random.fromSeed(seed).fork('bootstrap');
  const { policy, cutoffs } = result.ranking;
  const [base, own] = [baseline, result].map(({ ranking }) => ranking.perUser[0]!);
  const ranking = (['precision', 'ndcg'] as const).map((measure) => ({
    policy,
    measure: `${measure === 'ndcg' ? 'NDCG' : 'P'}@${cutoffs[0]!.cutoff}`,
    difference: bootstrapDifference(own![measure], base![measure], { random: random.fork(measure) }),
  }));
  if (!result.sessions || !baseline.sessions) return ranking;
  const rewards = [result.sessions, baseline.sessions].map(rewardsOf) as [Float64Array, Float64Array];
  const difference = bootstrapDifference(...rewards, { random: random.fork('session reward') });
  return [...ranking, { policy, measure: 'session reward', difference }];
}

const rewardsOf = (sessions: readonly SessionValue[]) => Float64Array.from(sessions, ({ reward }) => reward);

function meanOf(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

/** The comparison as text for a terminal. */
export function formatComparison({ rows, differences, warning }: Comparison): string {
  const cutoffs = Object.keys(rows[0]!.precision).map(Number);
  const played = rows.some(({ session }) => session);
  const head = [
    'policy',
    ...cutoffs.map((k) => `P@${k}`),
    ...cutoffs.map((k) => `NDCG@${k}`),
    ...(played ? ['session reward', 'items'] : []),
  ];
  const table = textTable(
    head,
    rows.map(({ policy, precision, ndcg, session }) => [
      policy,
      ...cutoffs.map((k) => precision[k] ?? '–'),
      ...cutoffs.map((k) => ndcg[k] ?? '–'),
      ...(played ? [session?.reward.toFixed(2) ?? '–', session?.length.toFixed(1) ?? '–'] : []),
    ]),
  );
  const signed = (value: number) => (value < 0 ? '−' : '+') + Math.abs(value).toFixed(4);
  const lines = differences
    .filter(({ difference }) => Number.isFinite(difference.mean))
    .map(
      ({ policy, measure, difference: { mean, low, high } }) =>
        `${policy} less matrix factorisation, ${measure}: ${signed(mean)} (95 % of users' samples: ${signed(low)} to ${signed(high)})`,
    );
  return [table, ...lines, ...(warning === undefined ? [] : [warning])].join('\n');
}
