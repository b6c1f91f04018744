import { rowsOf, type RatingLog } from '@rl-recsys/rating-log';
import { likedBefore, type LogMoments } from '@rl-recsys/simulators';
import { joinHistories, type RewardedHistories } from '../histories.js';
import type { CandidateKind } from './candidate-kind.js';
import type { CandidatePools } from './candidate-pools.js';
import type { GoalName } from './goal-names.js';
import { judgedMoments, type JudgedMoment } from './judged-moments.js';

/** Users who are not learned from, but judged by. Their moments are the last of the pools. */
export interface JudgedUsers {
  /** For each kind of candidates, what is ranked. */
  readonly moments: Readonly<Record<CandidateKind, readonly JudgedMoment[]>>;
  /** Their views at all those moments, `user` being the moment, in order. */
  readonly histories: RewardedHistories;
}

/** The users from a moment of the pools on, as they then were. */
export function judgedUsers(
  log: RatingLog,
  moments: LogMoments,
  from: number,
  pools: CandidatePools,
  historySize: number,
  goal: GoalName,
): JudgedUsers {
  const isFrom = ({ moment }: JudgedMoment) => moment >= from;
  const user = Array.from({ length: moments.users.length - from }, (_, place) => from + place);
  const views = user.map((moment) => {
    const [logUser, start] = [moments.users[moment]!, moments.starts[moment]!];
    const ratedBefore = start - rowsOf(log, logUser).start;
    return { user: moment, ...likedBefore(log, logUser, ratedBefore, historySize).observe() };
  });
  return {
    moments: {
      catalogue: judgedMoments('catalogue', log, moments, pools, goal).filter(isFrom),
      few: judgedMoments('few', log, moments, pools, goal).filter(isFrom),
    },
    histories: joinHistories(views, historySize),
  };
}
