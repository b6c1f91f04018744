import {
  evaluateFullRanking,
  evaluateReranking,
  type Policy,
  type RankingResult,
} from '@rl-recsys/evaluation';
import type { TimeSplit } from '@rl-recsys/rating-log';
import type { SessionValue } from '@rl-recsys/simulators';
import type { Measured, PolicyRole, TableRow } from '../run/table.js';
import type { MeasureSessions } from '../scenarios/scenario.js';
import { cutoffsOf } from './cutoffs.js';

/** What a policy gets: each user's scores by both protocols, and what each measured user's sessions are worth. */
export interface Judged {
  readonly role: PolicyRole;
  readonly fullRanking: RankingResult;
  readonly reranking: RankingResult;
  readonly sessions: readonly SessionValue[] | undefined;
}

/** By what policies are judged. */
export interface JudgeOptions {
  readonly split: TimeSplit;
  readonly historySize: number;
  readonly measure?: MeasureSessions | undefined;
}

/** The protocols of the table on one split; each looks at one K. */
export function judgeOf({ split, historySize, measure }: JudgeOptions) {
  const cutoffs = cutoffsOf(split);
  const recommend = (policy: Policy) =>
    evaluateFullRanking(policy, { ...split, historySize, cutoffs: [cutoffs.fullRanking] });
  const rerank = (policy: Policy) =>
    evaluateReranking(policy, { ...split, historySize, cutoffs: [cutoffs.reranking] });
  const judge = (policy: Policy, role: PolicyRole): Judged => ({
    ...{ role, fullRanking: recommend(policy), reranking: rerank(policy), sessions: measure?.(policy) },
  });
  return { recommend, rerank, judge };
}

/** Each user's scores of a measure; undefined where it is of sessions and there are none. */
export function scoresOf(judged: Judged, measured: Measured): Float64Array | undefined {
  return measured.of === 'session'
    ? judged.sessions && Float64Array.from(judged.sessions, ({ reward }) => reward)
    : judged[measured.of].perUser[0]![measured.measure];
}

/** The mean of a measure over the users who count; −∞ where there is none, so that it is never the best. */
export function meanScore(judged: Judged, measured: Measured): number {
  const scores = scoresOf(judged, measured)?.filter((score) => !Number.isNaN(score));
  return scores === undefined || scores.length === 0 ? -Infinity : meanOf(scores);
}

/** The one with the highest mean of a measure; of equals the first. */
export function bestBy(measured: Measured, candidates: readonly [Judged, ...Judged[]]): Judged {
  return candidates.reduce((best, candidate) =>
    meanScore(candidate, measured) > meanScore(best, measured) ? candidate : best,
  );
}

/** The line of the table that a policy gets. */
export function rowOf({ role, fullRanking, reranking, sessions }: Judged): TableRow {
  const [full, own] = [fullRanking.cutoffs[0]!, reranking.cutoffs[0]!];
  const orNull = (mean: number) => (Number.isNaN(mean) ? null : mean);
  return {
    ...{ policy: fullRanking.policy, role },
    fullRanking: {
      precision: orNull(full.precision),
      ndcg: orNull(full.ndcg),
      recall: orNull(full.recall),
      hitRate: orNull(full.hitRate),
    },
    reranking: { precision: orNull(own.precision), ndcg: orNull(own.ndcg) },
    ...(sessions && {
      session: {
        reward: meanOf(sessions.map(({ reward }) => reward)),
        length: meanOf(sessions.map(({ length }) => length)),
      },
    }),
  };
}

function meanOf(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}
