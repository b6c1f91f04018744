import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import {
  checkPolicy,
  epsilonGreedy,
  evaluateFullRanking,
  evaluateReranking,
  evaluateSessions,
  linearUcbPolicy,
  onlineFactorizationPolicy,
  popularityPolicy,
  randomPolicy,
  scoredBy,
  type LearningPolicy,
  type Policy,
} from '../src/index.js';
import { logOf } from './logs.js';
import { toyEnvironment } from './toy-environment.js';

const log = logOf(
  6,
  [0, 1, 2, 3].map((user) => [0, 1, 2].map((place) => ({ item: (user + place) % 6, rating: 3 + place }))),
);
const vectors = {
  rows: 6,
  size: 2,
  vectors: Float32Array.from({ length: 12 }, (_, place) => Math.sin(place)),
};
const users = { rows: 4, size: 2, vectors: Float32Array.from({ length: 8 }, (_, place) => Math.cos(place)) };

const rulesOf = async (make: () => Policy) => (await checkPolicy({ make, log })).map(({ rule }) => rule);

test.each<[string, () => Policy]>([
  ['popularity', () => popularityPolicy(log)],
  ['random', () => randomPolicy(Random.fromSeed(1))],
  ['scored by a function', () => scoredBy('mine', (user, item) => user - item)],
  ['LinUCB', () => linearUcbPolicy({ items: vectors, alpha: 1 })],
  [
    'a factorization that learns',
    () => onlineFactorizationPolicy({ users, items: vectors, fittedOn: [], regularization: 1 }),
  ],
  [
    'epsilon greedy',
    () => epsilonGreedy(popularityPolicy(log), { epsilon: 0.5, random: Random.fromSeed(1) }),
  ],
])('%s passes', async (_, make) => {
  expect(await checkPolicy({ make, log })).toEqual([]);
});

/** Scores what is asked, and whatever is changed of it. */
function sound(change: Partial<Policy> = {}): Policy {
  return { ...scoredBy('sound', (user, item) => user * item), ...change };
}

/** Counts what it was told, and what is changed of that. */
function learning(change: Partial<LearningPolicy> = {}, told = { steps: 0 }): LearningPolicy {
  return {
    ...scoredBy('learning', (_, item) => item * told.steps),
    reset: () => void (told.steps = 0),
    observe: () => void (told.steps += 1),
    ...change,
  };
}

const stream = Random.fromSeed(1);
const kept: Float32Array[] = [];

describe('what is wrong is named:', () => {
  test.each<[string, () => Policy]>([
    ['is a policy', () => undefined as never],
    ['is a policy', () => ({ ...sound(), name: '' })],
    ['is a policy', () => ({ name: 'x' }) as never],
    ['is a policy', () => sound({ scoreBatch: 5 as never })],
    ['is a policy', () => sound({ fittedOn: 'log' as never })],
    ['scores every item', () => sound({ score: (_, items, scores) => scores.fill(1, 1) })],
    ['scores every item', () => scoredBy('x', (user) => (user === 3 ? NaN : 1))],
    [
      'scores every item',
      () =>
        sound({
          score: () => {
            throw new Error('never');
          },
        }),
    ],
    [
      'scores for anybody',
      () => sound({ score: ({ history }, _, scores) => scores.fill(history.at(-1) === -1 ? NaN : 1) }),
    ],
    [
      'scores for anybody',
      () => sound({ score: (_, items, scores) => scores.fill(items.length > 1 ? 1 : NaN) }),
    ],
    ['deterministic', () => scoredBy('x', () => stream.uniform())],
    [
      'keeps no scores',
      () =>
        sound({
          score: (_, items, scores) => {
            for (const each of kept) each.fill(7);
            kept.push(scores);
            items.forEach((item, place) => (scores[place] = item));
          },
        }),
    ],
    [
      'scores together as alone',
      () => sound({ scoreBatch: (_, __, scores) => scores.forEach((each) => each.fill(1)) }),
    ],
    ['scores together as alone', () => sound({ scoreBatch: () => undefined })],
    ['reset goes back', () => learning({ reset: () => undefined })],
  ])('%s', async (rule, make) => {
    expect(await rulesOf(make)).toContain(rule);
  });

  test('a learning policy that is reset passes', async () => {
    expect(await rulesOf(() => learning())).toEqual([]);
  });
});

test('a finding says what to change', async () => {
  const findings = await checkPolicy({
    make: () => sound({ score: (_, items, scores) => scores.fill(items.length > 1 ? 1 : NaN) }),
    log,
  });
  expect(findings).toEqual([
    expect.objectContaining({
      rule: 'scores for anybody',
      change: 'score for users who have liked nothing yet, and lists of one item',
    }),
  ]);
});

test('a learning policy is told of steps as a session makes them, of which it may keep and change everything', async () => {
  const told: unknown[] = [];
  const make = () =>
    learning({
      observe(step) {
        told.push(structuredClone(step));
        const { observation, nextObservation } = step;
        for (const { history, rewards, candidates } of [observation, nextObservation])
          for (const column of [history, rewards, candidates]) column.fill(5);
      },
    });
  expect(await rulesOf(make)).toEqual([]);
  // The first user has rated items 0, 1 and 2 with 3, 4 and 5, and likes the last two; what is equally good is taken in its order.
  const before = { user: 0, candidates: Int32Array.of(0, 1, 2, 3, 4, 5) };
  const history = (...newest: number[]) =>
    Int32Array.of(...new Array<number>(10 - newest.length).fill(-1), ...newest);
  const [{ observation, nextObservation, action, reward }] = told as [
    Parameters<LearningPolicy['observe']>[0],
  ];
  expect(observation).toMatchObject({ ...before, history: history(1, 2) });
  expect(nextObservation).toMatchObject({ ...before, history: history(1, 2, action) });
  expect([nextObservation.rewards.at(-1), reward]).toEqual([1, 1]);
  expect(told).toHaveLength(3);
  expect(told[2]).toEqual(told[0]);
});

test('options that are none are refused', async () => {
  await expect(checkPolicy({ make: sound, log, users: 0 })).rejects.toThrow(
    'users: expected a positive integer',
  );
  await expect(checkPolicy({ make: sound, log, historySize: 1.5 })).rejects.toThrow('historySize: expected');
});

test('protocols refuse what is no policy', async () => {
  const split = { train: log, test: logOf(6, [[], [], [], []]) };
  const wrong = { name: 'x', scores: () => undefined } as never;
  const message = 'policy.score: expected a function, got undefined';
  expect(() => evaluateFullRanking(wrong, split)).toThrow(message);
  expect(() => evaluateReranking(wrong, split)).toThrow(message);
  const environment = toyEnvironment({ rewardOf: () => 1 });
  await expect(
    evaluateSessions(wrong, { environment, sessions: 1, random: Random.fromSeed(1) }),
  ).rejects.toThrow(message);
});
