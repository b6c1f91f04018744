import type { LeakReport } from '../leak.js';
import { meanOf } from '../statistics/mean.js';

/** What is measured of each session. */
export type SessionMeasure = (typeof sessionMeasures)[number];

/**
 * The measures of a session: the sum of its `reward`s, its `length` in steps, and its `repeatRate`, the share
 * of its items that had been shown before in it.
 */
export const sessionMeasures = ['reward', 'length', 'repeatRate'] as const;

/**
 * How sessions with a policy went. Means are over users, each with the mean of their sessions.
 *
 * All but `perUser`, `perSession` and `shown` is plain JSON.
 */
export interface SessionResult extends LeakReport, Readonly<Record<SessionMeasure, number>> {
  readonly sessions: number;
  /** How many different users they were with. */
  readonly users: number;
  /** Each user once, by ascending index, with the mean of their sessions. */
  readonly perUser: SessionScores;
  /** Each session, in the order in which they were played. */
  readonly perSession: SessionScores;
  /** What each of them showed, in the same order. */
  readonly shown: readonly ShownSession[];
}

/** What a session showed, and what it earned. */
export interface ShownSession {
  readonly user: number;
  /** int32 `[length]`, in its order. */
  readonly items: Int32Array;
  /** float64 `[length]` */
  readonly rewards: Float64Array;
}

/** Scores side by side: those at one place belong together. */
export interface SessionScores extends Readonly<Record<SessionMeasure, Float64Array>> {
  /** int32 `[rows]`: whose they are; the measures are float64 `[rows]`. */
  readonly user: Int32Array;
}

/** The result that sessions amount to. */
export function sessionResultOf(
  report: LeakReport,
  perSession: SessionScores,
  shown: readonly ShownSession[],
): SessionResult {
  const perUser = meansByUser(perSession);
  return {
    ...report,
    sessions: perSession.user.length,
    users: perUser.user.length,
    reward: meanOf(perUser.reward),
    length: meanOf(perUser.length),
    repeatRate: meanOf(perUser.repeatRate),
    perUser,
    perSession,
    shown,
  };
}

function meansByUser({ user, ...scores }: SessionScores): SessionScores {
  const users = Int32Array.from(new Set(user)).sort();
  const rowOf = new Map(Array.from(users, (one, row) => [one, row]));
  const counts = new Float64Array(users.length);
  for (const one of user) counts[rowOf.get(one)!]! += 1;
  const meansOf = (column: Float64Array) => {
    const sums = new Float64Array(users.length);
    for (const [session, one] of user.entries()) sums[rowOf.get(one)!]! += column[session]!;
    return sums.map((sum, row) => sum / counts[row]!);
  };
  return {
    user: users,
    reward: meansOf(scores.reward),
    length: meansOf(scores.length),
    repeatRate: meansOf(scores.repeatRate),
  };
}
