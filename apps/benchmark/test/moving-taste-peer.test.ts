import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { movingTasteCatalogue } from '@rl-recsys/simulators';
import { findPython } from '../src/harness/python.js';

const python = findPython();
const testWithNumPy = python?.numpy ? test : test.skip;

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
  const script = fileURLToPath(new URL('../peers/follow_moving_taste.py', import.meta.url));
  const { stdout, stderr } = spawnSync(python!.file, [script], {
    input: JSON.stringify(input),
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const followed = JSON.parse(stdout) as { means: number[]; moods: number[]; leaving: number[] }[];
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
