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
import type { PolicyRole, TableRow } from '../run/table.js';
import type { MeasureSessions } from '../scenarios/scenario.js';
import type { Compared } from '../variants/variant.js';

/** One draw of random orders says little; this many say it to about ±0.002 on MovieLens 100K. */
const RANDOM_SEEDS = 20;

/** What a run prints and saves of how well its policies rank. */
export interface Comparison {
  readonly rows: readonly TableRow[];
  /** The name of the policy that differences are measured from. */
  readonly reference: string;
  /** How much more or less than the reference, over users. */
  readonly differences: readonly Difference[];
  /** A line to print where a policy has seen what it was tested on. */
  readonly warning: string | undefined;
}

/** The mean of a policy's score less that of the reference, at the smallest cutoff or in sessions. */
export interface Difference {
  readonly policy: string;
  readonly measure: string;
  readonly difference: Interval;
}

/** What a policy gets: its ranking, and what each measured user's sessions are worth. */
interface Result {
  readonly role: PolicyRole;
  readonly ranking: RankingResult;
  readonly sessions: readonly SessionValue[] | undefined;
}

/**
 * The table: what was trained beside the baselines that it must be measured against, and the best that is possible,
 * by the paper's Algorithm 2 on the held-out ratings, and in sessions where there are users to play with.
 */
export function compareWithBaselines(options: {
  readonly split: TimeSplit;
  readonly historySize: number;
  readonly seed: number;
  readonly compared: Compared;
  readonly measure?: MeasureSessions | undefined;
}): Comparison {
  const { split, historySize, seed, compared, measure } = options;
  const random = Random.fromSeed(seed).fork('random baseline');
  const rank = (policy: Policy) => evaluateReranking(policy, { ...split, historySize });
  const evaluate = (policy: Policy, role: PolicyRole): Result => ({
    ...{ role, ranking: rank(policy), sessions: measure?.(policy) },
  });
  const draws = Array.from({ length: RANDOM_SEEDS }, (_, draw) =>
    rank(randomPolicy(random.fork(String(draw)))),
  );
  const reference = evaluate(compared.reference, 'reference');
  const others = compared.baselines.map((policy) => evaluate(policy, 'baseline'));
  const trained = evaluate(compared.policy, 'trained');
  const results: Result[] = [
    {
      role: 'baseline',
      ranking: averageOf('random', draws),
      sessions: measure?.(randomPolicy(random.fork('sessions'))),
    },
    evaluate(popularityPolicy(split.train), 'baseline'),
    evaluate(itemMeanPolicy(split.train), 'baseline'),
    reference,
    ...others,
    trained,
    // It knows the held-out ratings alone, and so can play no sessions.
    { role: 'oracle', ranking: rank(oraclePolicy(split.test)), sessions: undefined },
  ];
  return {
    rows: results.map(rowOf),
    reference: reference.ranking.policy,
    differences: [...others, trained].flatMap((result) => differencesOf(reference, result, seed)),
    warning: leakWarning(results.map(({ ranking }) => ranking)),
  };
}

function rowOf({ role, ranking: { policy, cutoffs }, sessions }: Result): TableRow {
  const orNull = (mean: number) => (Number.isNaN(mean) ? null : mean);
  return {
    ...{ policy, role },
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
