import { firstGates, residualFromLog } from '@rl-recsys/drr';
import { timeLimit } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { IdMap, rewardOf, splitByTime, type RatingLog } from '@rl-recsys/rating-log';
import { logMomentsEnvironment, syntheticRatingLog } from '@rl-recsys/simulators';
import { measureEach, myopicPolicies } from './baselines.js';
import { returnOf } from './play.js';
import type { World } from './world.js';

const HISTORY_SIZE = 10;
/** T, items in a session at most. */
const SESSION_LENGTH = 10;
const MEASURED = 150;
/** So many have two or more in their newest fifth, and enough before it to learn from. */
const LEAST_RATINGS = 6;

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

/** What a world of ratings is called, in what it says. */
export interface RatingsOptions {
  /** Errors begin with it. */
  readonly name: string;
  readonly about: string;
  readonly seed: number;
  readonly say: (text: string) => void;
}

/**
 * A log played back: a session may show what its user went on to rate, and earns the rating. Each user's newest fifth is held out, and
 * measured on.
 *
 * @throws RangeError where users have too few ratings, or all ratings are the same.
 */
export function ratings(named: NamedLog, { name, about, seed, say }: RatingsOptions): World {
  const { log, users, items, titles } = named;
  const { train } = splitByTime(log);
  const lookedAt = usersHeldOut(log, train).slice(0, MEASURED);
  assertEnough(name, log, lookedAt.length > 0);
  const fit = Random.fromSeed(seed).fork('playground');
  const options = { historySize: HISTORY_SIZE, sessionLength: SESSION_LENGTH };
  say(`Fitting vectors on ${train.items.length.toLocaleString('en-GB')} ratings …`);
  const first = residualFromLog(train, { ...options, random: fit });
  first.agent.dispose();
  const { tables, blocks, foldIn } = first;
  const policies = myopicPolicies(train, tables, blocks, firstGates);
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
    // What earns is the choice: where all that is held out were shown, everybody would earn the same.
    const length = Math.min(SESSION_LENGTH, Math.ceil((end - start) / 2));
    return ofUser(timeLimit(played, length), user);
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

function assertEnough(name: string, log: RatingLog, hasUsers: boolean): void {
  if (!hasUsers) {
    const most = Array.from({ length: log.userCount }, (_, user) => countOf(log, user)).reduce(
      (one, other) => Math.max(one, other),
      0,
    );
    throw new RangeError(
      `${name}: expected users with ${LEAST_RATINGS} ratings or more, of which the newest fifth is held out to measure on; the most that one has is ${most}`,
    );
  }
  const [first] = log.ratings;
  if (log.ratings.every((rating) => rating === first))
    throw new RangeError(
      `${name}: expected ratings that differ, got ${first} in every row; whatever is shown would earn the same. Choose another column of ratings, if there is one`,
    );
}

function countOf({ offsets }: RatingLog, user: number): number {
  return offsets[user + 1]! - offsets[user]!;
}

/** Users of whom two ratings or more are held out, and some are not: there is something to choose. */
function usersHeldOut(log: RatingLog, train: RatingLog): number[] {
  return Array.from({ length: log.userCount }, (_, user) => user).filter(
    (user) => countOf(log, user) >= LEAST_RATINGS && countOf(log, user) > countOf(train, user) + 1,
  );
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
