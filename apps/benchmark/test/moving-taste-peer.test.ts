import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { NStepReturns } from '@rl-recsys/replay-buffer';
import { movingTasteCatalogue } from '@rl-recsys/simulators';
import { findPython } from '../src/harness/python.js';

const python = findPython();
const testWithNumPy = python?.numpy ? test : test.skip;

/** What a peer's script prints of an input. */
function follow(script: string, input: unknown): unknown {
  const path = fileURLToPath(new URL(`../peers/${script}`, import.meta.url));
  const { stdout, stderr } = spawnSync(python!.file, [path], {
    input: JSON.stringify(input),
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

testWithNumPy('users of the peer move as ours do (skipped without NumPy)', () => {
  const world = movingTasteCatalogue({ users: 5, items: 9, topics: 3, random: Random.fromSeed(1) });
  const { tastes, topicCount, topics, bait, quality, dynamics } = world;
  const rowOf = (user: number) => [...tastes.subarray(user * topicCount, (user + 1) * topicCount)];
  const users = [0, 3, 4];
  const items = Array.from({ length: 6 }, (_, step) => users.map((user) => (2 * step + user) % 9));
  const input = {
    world: {
      tastes: [0, 1, 2, 3, 4].map(rowOf),
      ...{ topics: [...topics], bait: [...bait], quality: [...quality], dynamics },
    },
    ...{ users, items },
  };
  const followed = follow('follow_moving_taste.py', input) as {
    means: number[];
    moods: number[];
    leaving: number[];
  }[];
  const states = users.map((user) => world.initialState(user));
  for (const [step, { means, moods, leaving }] of followed.entries()) {
    for (const [session, state] of states.entries()) {
      const item = items[step]![session]!;
      expect(means[session]).toBeCloseTo(world.meanRating(state, item), 10);
      world.transition(state, item, state);
      expect(moods[session]).toBeCloseTo(state.mood, 10);
      expect(leaving[session]).toBeCloseTo(world.leavingProbability(state), 10);
    }
  }
  expect(followed).toHaveLength(6);
});

testWithNumPy('returns of the peer are ours (skipped without NumPy)', () => {
  const random = Random.fromSeed(2);
  const [steps, gamma, sessions] = [3, 0.5, 4];
  const rewards = Array.from({ length: 30 }, () => Array.from({ length: sessions }, () => random.normal()));
  const over = rewards.map((row) => row.map(() => random.integer(5) === 0));
  const theirs = follow('follow_returns.py', { steps, gamma, rewards, over }) as number[][][];
  const windows = rewards[0]!.map(() => new NStepReturns<number, number>({ steps, gamma }));
  for (const [step, row] of rewards.entries()) {
    const ours = windows.flatMap((window, session) => {
      const seen = { observation: step, action: step, nextObservation: step + 1, truncated: false };
      const finished = window.push({ ...seen, reward: row[session]!, terminated: over[step]![session]! });
      return finished.map(({ action, reward, discount }) => [session, action, reward, discount]);
    });
    expect(theirs[step]!.map(([session, action]) => [session, action])).toEqual(
      ours.map(([session, action]) => [session, action]),
    );
    for (const [place, [, , reward, discount]] of ours.entries()) {
      expect(theirs[step]![place]![2]).toBeCloseTo(reward!, 10);
      expect(theirs[step]![place]![3]).toBeCloseTo(discount!, 10);
    }
  }
});
