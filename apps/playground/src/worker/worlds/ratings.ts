import { firstGates, residualFromLog } from '@rl-recsys/drr';
import { timeLimit } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { IdMap, rewardOf, splitByTime, type RatingLog } from '@rl-recsys/rating-log';
import { logMomentsEnvironment, syntheticRatingLog } from '@rl-recsys/simulators';
import { measureEach, myopicPolicies } from './baselines.js';
import { returnOf } from './play.js';
import type { World } from './world.js';

const HISTORY_SIZE = 10;
/** T, items in a session. */
const SESSION_LENGTH = 10;
const MEASURED = 150;

/** A log of ratings with what its users and items are called. */
export interface NamedLog {
  readonly log: RatingLog;
  readonly users: IdMap;
  readonly items: IdMap;
  readonly titles: ReadonlyMap<number, string>;
}

/** Ratings like those of MovieLens 100K, from a few equations. */
export function syntheticRatings(seed: number): NamedLog {
  const log = syntheticRatingLog({ random: Random.fromSeed(seed).fork('synthetic ratings') });
  const idsOf = (kind: string, count: number) =>
    new IdMap(Array.from({ length: count }, (_, index) => `${kind}-${index + 1}`));
  return { log, users: idsOf('user', log.userCount), items: idsOf('item', log.itemCount), titles: new Map() };
}

/**
 * A log played back: a session may show what its user went on to rate, and earns the rating. Each user's newest fifth is held out, and
 * measured on.
 *
 * @throws RangeError where too few users have ratings enough.
 */
export function ratings(named: NamedLog, about: string, seed: number, say: (text: string) => void): World {
  const { log, users, items, titles } = named;
  const { train } = splitByTime(log);
  const fit = Random.fromSeed(seed).fork('playground');
  const options = { historySize: HISTORY_SIZE, sessionLength: SESSION_LENGTH };
  say(`Fitting vectors on ${train.items.length.toLocaleString('en-GB')} ratings …`);
  const first = residualFromLog(train, { ...options, random: fit });
  first.agent.dispose();
  const { tables, blocks, foldIn } = first;
  const policies = myopicPolicies(train, tables, blocks, firstGates);
  const lookedAt = usersHeldOut(log, train).slice(0, MEASURED);
  if (lookedAt.length === 0)
    throw new RangeError('ratings: expected a user with five or more, of which the newest are held out');
  const sessionOf = (user: number, seedOf: number) => {
    const start = log.offsets[user]! + (train.offsets[user + 1]! - train.offsets[user]!);
    const end = log.offsets[user + 1]!;
    const moments = { users: Int32Array.of(user), starts: Int32Array.of(start), ends: Int32Array.of(end) };
    const played = logMomentsEnvironment({
      log,
      moments,
      historySize: HISTORY_SIZE,
      random: Random.fromSeed(seedOf),
    });
    return ofUser(timeLimit(played, SESSION_LENGTH), user);
  };
  const measure: World['measure'] = async (policy) => {
    let sum = 0;
    for (const user of lookedAt) sum += await returnOf(policy, sessionOf(user, 1), 1);
    return sum / lookedAt.length;
  };
  return {
    ...{ about, log: train, users, items, titles, tables, foldIn, lookedAt, measure },
    ...{ historySize: HISTORY_SIZE, topicCount: 0, hasMood: false, canBeBored: false },
    make({ steps, replay, seed: of }, { gamma, epsilon }) {
      // The vectors are fitted anew: the same from the same stream.
      return residualFromLog(train, {
        ...{ ...options, steps, gamma, random: Random.fromSeed(of).fork('playground') },
        ...(epsilon !== 'auto' && { epsilon }),
        ...(replay === 'prioritized' && { prioritized: {} }),
      });
    },
    session: (user, _, session) => sessionOf(user, session),
    baselines: () => measureEach(policies, (policy) => measure(policy, { gamma: 0, epsilon: 0, boredom: 1 })),
    factsOf: (item) => ({ name: titles.get(item) ?? items.idOf(item) }),
    rewardOf: (stars) =>
      rewardOf(log.scale.min + ((stars - 1) / 4) * (log.scale.max - log.scale.min), log.scale),
  };
}

/** Users of whom ratings are held out, and some are not. */
function usersHeldOut(log: RatingLog, train: RatingLog): number[] {
  const counts = ({ offsets }: RatingLog, user: number) => offsets[user + 1]! - offsets[user]!;
  return Array.from({ length: log.userCount }, (_, user) => user).filter((user) => {
    const known = counts(train, user);
    return known > 0 && counts(log, user) > known + 1;
  });
}

/** A session whose observations name the user as the log leaves them, not a moment. */
function ofUser(environment: ReturnType<World['session']>, user: number): ReturnType<World['session']> {
  const named = <Answer extends { readonly observation: { readonly user: number } }>(answer: Answer) => ({
    ...answer,
    observation: { ...answer.observation, user },
  });
  return {
    ...environment,
    reset: async (options) => named(await environment.reset(options)),
    step: async (item) => named(await environment.step(item)),
  };
}
