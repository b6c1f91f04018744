import { rowsOf, type RatingLog } from '@rl-recsys/rating-log';
import type { LogMoments } from '@rl-recsys/simulators';

/** For each user the moment at which their older ratings end. */
export function momentsAfter(log: RatingLog, older: RatingLog): LogMoments {
  const count = ({ offsets }: RatingLog, user: number) => offsets[user + 1]! - offsets[user]!;
  const users = Int32Array.from({ length: log.userCount }, (_, user) => user).filter(
    (user) => count(older, user) > 0 && count(older, user) < count(log, user),
  );
  return {
    users,
    starts: users.map((user) => rowsOf(log, user).start + count(older, user)),
    ends: users.map((user) => rowsOf(log, user).end),
  };
}

/** One user in five is judged by, and not learned from; our choice. */
const JUDGED = 5;

/** Users to learn from, and users to judge by. */
export function splitUsers(moments: LogMoments): {
  readonly learned: LogMoments;
  readonly judged: LogMoments;
} {
  const isJudged = (moment: number) => moment % JUDGED === JUDGED - 1;
  return { learned: someOf(moments, (moment) => !isJudged(moment)), judged: someOf(moments, isJudged) };
}

/** Several moments for one: where it starts, and so many of the way to its end. */
export function laterMoments({ users, starts, ends }: LogMoments, count: number): LogMoments {
  const later = Array.from(users, (user, moment) =>
    Array.from({ length: count }, (_, part) => {
      const [start, end] = [starts[moment]!, ends[moment]!];
      return { user, start: start + Math.floor(((end - start) * part) / count), end };
    }),
  ).flat();
  const kept = later.filter(({ user, start }, place) => {
    const before = later[place - 1];
    return before?.user !== user || before.start !== start;
  });
  return {
    users: Int32Array.from(kept, ({ user }) => user),
    starts: Int32Array.from(kept, ({ start }) => start),
    ends: Int32Array.from(kept, ({ end }) => end),
  };
}

export function everyNth(moments: LogMoments, n: number): LogMoments {
  return someOf(moments, (moment) => moment % n === 0);
}

function someOf({ users, starts, ends }: LogMoments, isChosen: (moment: number) => boolean): LogMoments {
  const some = (column: Int32Array) => column.filter((_, moment) => isChosen(moment));
  return { users: some(users), starts: some(starts), ends: some(ends) };
}

export function joinMoments(first: LogMoments, second: LogMoments): LogMoments {
  const both = (name: keyof LogMoments) => Int32Array.from([...first[name], ...second[name]]);
  return { users: both('users'), starts: both('starts'), ends: both('ends') };
}
