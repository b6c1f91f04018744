import { describe, expect, test } from '@jest/globals';
import { NO_ITEM, timeLimit, type RecommendationObservation } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { createRatingLog, type RatingLog } from '@rl-recsys/rating-log';
import { ratingLogEnvironment, type RatingLogEnvironmentOptions } from '../src/index.js';

/** Each user's ratings, oldest first, as [item, stars]. */
function logOf(users: [item: number, stars: number][][], itemCount = 20): RatingLog {
  const rows = users.flatMap((own, user) => own.map(([item, stars], time) => ({ user, item, stars, time })));
  return createRatingLog({
    userCount: users.length,
    itemCount,
    users: rows.map(({ user }) => user),
    items: rows.map(({ item }) => item),
    ratings: rows.map(({ stars }) => stars),
    timestamps: rows.map(({ time }) => time),
    scale: { min: 1, max: 5 },
  });
}

/** The start of a session of the only user with `left` ratings to come, as its moment is random. */
async function startWithLeft(left: number, historySize: number, ratings: [item: number, stars: number][]) {
  const random = Random.fromSeed(1);
  const log = logOf([ratings]);
  const environment = ratingLogEnvironment({ log, historySize, minimumCandidates: left, random });
  for (;;) {
    const { observation } = await environment.reset();
    if (observation.candidates.length === left) return observation;
  }
}

/** The first candidate each time, to the end; everything that was seen on the way. */
async function playThrough(options: RatingLogEnvironmentOptions, sessions: number, seed?: number) {
  const environment = ratingLogEnvironment(options);
  const seen: unknown[] = [];
  for (let session = 0; session < sessions; session++) {
    const start = session === 0 && seed !== undefined ? { seed } : {};
    let { observation } = await environment.reset(start);
    seen.push(observation);
    for (let terminated = false; !terminated;) {
      const result = await environment.step(observation.candidates[0]!);
      ({ observation, terminated } = result);
      seen.push(result);
    }
  }
  return seen;
}

const tenUsers = logOf(
  Array.from({ length: 10 }, (_, user) =>
    Array.from({ length: 15 }, (_, place) => [(place * 7 + user) % 20, 1 + ((place + user) % 5)]),
  ),
);

describe('a session', () => {
  test('starts with the last n liked items, oldest first, and what they earned', async () => {
    const observation = await startWithLeft(2, 3, [
      [3, 5],
      [9, 4],
      [1, 2],
      [7, 5],
      [4, 3],
      [8, 4],
      [2, 1],
      [5, 5],
    ]);
    // Liked before the moment: 3, 9, 7, 8. Item 3 is too old; 1 and 4 were not liked.
    expect(observation).toEqual({
      user: 0,
      history: Int32Array.of(9, 7, 8),
      rewards: Float32Array.of(0.5, 1, 0.5),
      candidates: Int32Array.of(2, 5),
    });
  });

  test('pads a short history in front', async () => {
    const observation = await startWithLeft(1, 3, [
      [3, 4],
      [1, 3],
      [2, 1],
    ]);
    expect(observation.history).toEqual(Int32Array.of(NO_ITEM, NO_ITEM, 3));
    expect(observation.rewards).toEqual(Float32Array.of(0, 0, 0.5));
  });

  test('may start with nothing liked yet', async () => {
    const observation = await startWithLeft(1, 2, [
      [3, 1],
      [2, 5],
    ]);
    expect(observation.history).toEqual(Int32Array.of(NO_ITEM, NO_ITEM));
  });

  test('plays the logged ratings: rewards, history, candidates and the end', async () => {
    const log = logOf([
      [
        [6, 4],
        [10, 5],
        [11, 3],
        [12, 1],
        [13, 4],
      ],
    ]);
    const random = Random.fromSeed(1);
    const environment = ratingLogEnvironment({ log, historySize: 2, minimumCandidates: 4, random });
    const start = await environment.reset();
    expect(start.observation.history).toEqual(Int32Array.of(NO_ITEM, 6));
    expect(start.observation.candidates).toEqual(Int32Array.of(10, 11, 12, 13));

    const liked = await environment.step(13);
    expect(liked).toEqual({
      observation: {
        user: 0,
        history: Int32Array.of(6, 13),
        rewards: Float32Array.of(0.5, 0.5),
        candidates: Int32Array.of(10, 11, 12),
      },
      reward: 0.5,
      terminated: false,
      truncated: false,
      info: { rating: 4 },
    });

    // Neither a neutral nor a bad item enters the history.
    const neutral = await environment.step(11);
    expect(neutral.reward).toBe(0);
    expect(neutral.observation.history).toEqual(Int32Array.of(6, 13));
    const bad = await environment.step(12);
    expect(bad.reward).toBe(-1);
    expect(bad.observation.history).toEqual(Int32Array.of(6, 13));
    expect(bad.terminated).toBe(false);

    // The oldest leaves for the newest; the last candidate ends the session.
    const last = await environment.step(10);
    expect(last).toMatchObject({ reward: 1, terminated: true, truncated: false });
    expect(last.observation.history).toEqual(Int32Array.of(13, 10));
    expect(last.observation.rewards).toEqual(Float32Array.of(0.5, 1));
    expect(last.observation.candidates).toEqual(Int32Array.of());
  });

  test('shows observations of its space all the way', async () => {
    const options = { log: tenUsers, historySize: 5, random: Random.fromSeed(1) };
    const { observationSpace, actionSpace } = ratingLogEnvironment(options);
    for (const each of (await playThrough(options, 20)) as { observation?: RecommendationObservation }[]) {
      expect(observationSpace.contains(each.observation ?? each)).toBe(true);
    }
    expect(actionSpace.contains(19)).toBe(true);
    expect(actionSpace.contains(20)).toBe(false);
  });

  test('never writes to an observation that it handed out', async () => {
    const random = Random.fromSeed(1);
    const environment = ratingLogEnvironment({ log: tenUsers, historySize: 3, random });
    const { observation } = await environment.reset();
    const copy = structuredClone(observation);
    // The other way round: what the caller writes is not read back.
    const first = observation.candidates[0]!;
    const { observation: second } = await environment.step(first);
    expect(observation).toEqual(copy);
    expect(second.history).not.toBe(observation.history);
    const next = second.candidates[0]!;
    second.history.fill(0);
    second.rewards.fill(9);
    second.candidates.fill(0);
    const { observation: third } = await environment.step(next);
    expect(third.candidates).toEqual(copy.candidates.slice(2));
    expect(third.rewards.every((reward) => reward <= 1)).toBe(true);
  });

  test('is cut off by a time limit while candidates remain', async () => {
    const random = Random.fromSeed(1);
    const environment = timeLimit(ratingLogEnvironment({ log: tenUsers, historySize: 5, random }), 3);
    let { observation } = await environment.reset();
    const ends: boolean[][] = [];
    for (let step = 0; step < 3; step++) {
      const result = await environment.step(observation.candidates[0]!);
      ({ observation } = result);
      ends.push([result.terminated, result.truncated]);
    }
    expect(ends).toEqual([
      [false, false],
      [false, false],
      [false, true],
    ]);
  });
});

describe('the start', () => {
  test('is uniform over the users with enough ratings, however many they have', async () => {
    const ratingsOf = (count: number) =>
      Array.from({ length: count }, (_, item): [number, number] => [item, 3]);
    // With two candidates at least: user 0 has just enough, users 1 and 3 too few.
    const log = logOf([3, 2, 20, 0, 4].map(ratingsOf));
    const random = Random.fromSeed(1);
    const environment = ratingLogEnvironment({ log, historySize: 1, minimumCandidates: 2, random });
    const counts = [0, 0, 0, 0, 0];
    for (let session = 0; session < 3000; session++) {
      counts[(await environment.reset()).observation.user]! += 1;
    }
    expect([counts[1], counts[3]]).toEqual([0, 0]);
    for (const user of [0, 2, 4]) expect(Math.abs(counts[user]! - 1000)).toBeLessThan(120);
  });

  test('is uniform over the moments with a rating before and enough after', async () => {
    const log = logOf([Array.from({ length: 7 }, (_, item) => [item, 5])]);
    const random = Random.fromSeed(1);
    const environment = ratingLogEnvironment({ log, historySize: 7, minimumCandidates: 3, random });
    const counts = new Map<number, number>();
    for (let session = 0; session < 4000; session++) {
      const { history, candidates } = (await environment.reset()).observation;
      const before = history.filter((item) => item !== NO_ITEM);
      expect([...before, ...candidates].join()).toBe('0,1,2,3,4,5,6');
      counts.set(before.length, (counts.get(before.length) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });

  test('asks for eleven ratings by default', () => {
    const ratings = (count: number) => logOf([Array.from({ length: count }, (_, item) => [item, 3])]);
    const random = Random.fromSeed(1);
    expect(() => ratingLogEnvironment({ log: ratings(11), historySize: 5, random })).not.toThrow();
    expect(() => ratingLogEnvironment({ log: ratings(10), historySize: 5, random })).toThrow(
      'log: expected a user with at least 11 ratings (minimumCandidates + 1), got 10 at most',
    );
  });
});

describe('seeds', () => {
  const options = (seed: number) => ({ log: tenUsers, historySize: 5, random: Random.fromSeed(seed) });

  test('the same random stream gives the same sessions, another one others', async () => {
    expect(await playThrough(options(1), 10)).toEqual(await playThrough(options(1), 10));
    expect(await playThrough(options(1), 10)).not.toEqual(await playThrough(options(2), 10));
  });

  test('the seed of reset decides alone, and later resets go on from it', async () => {
    expect(await playThrough(options(1), 10, 7)).toEqual(await playThrough(options(2), 10, 7));
    expect(await playThrough(options(1), 10, 7)).not.toEqual(await playThrough(options(1), 10, 8));
  });

  test('the seed of reset starts anew in the middle of a session', async () => {
    const environment = ratingLogEnvironment(options(1));
    const first = await environment.reset({ seed: 7 });
    await environment.step(first.observation.candidates[0]!);
    expect(await environment.reset({ seed: 7 })).toEqual(first);
  });

  test('without a seed the sessions differ', async () => {
    const environment = ratingLogEnvironment(options(1));
    const starts = new Set<string>();
    for (let session = 0; session < 20; session++) {
      const { user, candidates } = (await environment.reset()).observation;
      starts.add(`${user} ${candidates.length}`);
    }
    expect(starts.size).toBeGreaterThan(5);
  });
});

describe('bad calls', () => {
  // After a promise, so that a throw and a rejection read the same.
  const attempt = (call: () => unknown) => Promise.resolve().then(call);

  test('step needs a running session', async () => {
    const log = logOf([
      [
        [0, 5],
        [1, 5],
      ],
    ]);
    const random = Random.fromSeed(1);
    const environment = ratingLogEnvironment({ log, historySize: 1, minimumCandidates: 1, random });
    const message = 'action: expected a call of reset before item 1, no session is running';
    await expect(attempt(() => environment.step(1))).rejects.toThrow(message);
    await environment.reset();
    expect(await environment.step(1)).toMatchObject({ terminated: true });
    await expect(attempt(() => environment.step(1))).rejects.toThrow(message);
    expect((await environment.reset()).observation.candidates).toEqual(Int32Array.of(1));
  });

  test('an item that is no candidate is named and changes nothing', async () => {
    const play = async (bad: number[]) => {
      const log = logOf([
        [
          [6, 4],
          [10, 5],
          [11, 3],
          [12, 1],
        ],
      ]);
      const random = Random.fromSeed(1);
      const environment = ratingLogEnvironment({ log, historySize: 2, minimumCandidates: 3, random });
      await environment.reset();
      const first = await environment.step(11);
      for (const item of bad) {
        await expect(attempt(() => environment.step(item))).rejects.toThrow(
          `action: expected one of the 2 candidates of user 0, got ${item}`,
        );
      }
      return [first, await environment.step(10), await environment.step(12)];
    };
    // Rated before the session, shown already, never rated, and no items at all.
    expect(await play([6, 11, 0, -1, 20, 1.5, NaN])).toEqual(await play([]));
  });

  test('a bad seed is named and changes nothing', async () => {
    const environment = ratingLogEnvironment({
      log: tenUsers,
      historySize: 5,
      random: Random.fromSeed(1),
    });
    const { observation } = await environment.reset();
    await expect(attempt(() => environment.reset({ seed: 0.5 }))).rejects.toThrow('seed: expected');
    const { observation: next } = await environment.step(observation.candidates[0]!);
    expect(next.candidates).toEqual(observation.candidates.slice(1));
  });

  test.each([
    ['historySize: expected a positive integer, got 0', { historySize: 0 }],
    ['minimumCandidates: expected a positive integer, got 0', { minimumCandidates: 0 }],
    ['minimumCandidates: expected a positive integer, got 2.5', { minimumCandidates: 2.5 }],
    [
      'log: expected a user with at least 11 ratings (minimumCandidates + 1), got 0 at most',
      { log: logOf([]) },
    ],
  ])('%s', (message, change) => {
    const options = { log: tenUsers, historySize: 5, random: Random.fromSeed(1), ...change };
    expect(() => ratingLogEnvironment(options)).toThrow(message);
  });
});
