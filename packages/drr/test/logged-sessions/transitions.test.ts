import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { sessionSteps, sessionTransitions } from '../../src/index.js';
import { toyLearner } from '../residual/toy.js';

const sessions = [
  { user: 1, items: [5, 2, 0, 4], rewards: [1, -0.5, 0.25, 1] },
  { user: 3, items: [3], rewards: [-1] },
];

test('steps in columns: each sees what its session has shown before', () => {
  const steps = sessionSteps(sessions, 3);
  expect(Array.from(steps.starts)).toEqual([0, 4, 5]);
  expect(Array.from(steps.user)).toEqual([1, 1, 1, 1, 3]);
  expect(Array.from(steps.item)).toEqual([5, 2, 0, 4, 3]);
  expect(Array.from(steps.reward)).toEqual([1, -0.5, 0.25, 1, -1]);
  expect(Array.from(steps.history)).toEqual([-1, -1, -1, -1, -1, 5, -1, 5, 2, 5, 2, 0, -1, -1, -1]);
  expect(Array.from(steps.rewards)).toEqual([0, 0, 0, 0, 0, 1, 0, 1, -0.5, 1, -0.5, 0.25, 0, 0, 0]);
});

test('transitions of two steps: what they earn, where they lead, and what could be shown at either end', () => {
  const learner = toyLearner();
  const random = Random.fromSeed(1);
  const steps = sessionSteps(sessions, 3);
  const [first, second, third, fourth, alone] = sessionTransitions(learner, steps, {
    ...{ gamma: 0.5, returnSteps: 2, random },
  });
  learner.dispose();
  expect(first).toMatchObject({ user: 1, item: 5, reward: 1 - 0.25, discount: 0.25 });
  expect(Array.from(first!.nextHistory)).toEqual([-1, 5, 2]);
  expect(Array.from(first!.nextRewards)).toEqual([0, 1, -0.5]);
  expect(second).toMatchObject({ item: 2, reward: -0.5 + 0.125, discount: 0.25 });
  expect(Array.from(second!.history)).toEqual([-1, -1, 5]);
  // Nothing comes after the session's end.
  expect(third).toMatchObject({ item: 0, reward: 0.75, discount: 0 });
  expect(fourth).toMatchObject({ item: 4, reward: 1, discount: 0 });
  expect(alone).toMatchObject({ user: 3, item: 3, reward: -1, discount: 0 });
  for (const { nextCandidates } of [third!, fourth!, alone!]) {
    expect(Array.from(nextCandidates)).toEqual([-1, -1, -1, -1]);
  }
  // Four of six items are stored, the shown one among them; from the third step on all that are left fit.
  expect(Array.from(first!.candidates)).toContain(5);
  expect(new Set(Array.from(first!.candidates)).size).toBe(4);
  expect(Array.from(second!.candidates)).not.toContain(5);
  expect(Array.from(third!.candidates).sort()).toEqual([0, 1, 3, 4]);
  // What could be shown after two steps is that state's own.
  expect(first!.nextCandidates).toEqual(third!.candidates);
  expect(Array.from(second!.nextCandidates).sort()).toEqual([-1, 1, 3, 4]);
});

test('where it is said what was barred, that alone can not be shown', () => {
  const learner = toyLearner();
  const steps = sessionSteps([{ user: 1, items: [5, 5], rewards: [1, 1] }], 3);
  const barred = [Int32Array.of(0, 1), Int32Array.of(1, 2, 3)];
  const [first, second] = sessionTransitions(learner, { ...steps, barred }, { random: Random.fromSeed(1) });
  learner.dispose();
  expect(Array.from(first!.candidates).sort()).toEqual([2, 3, 4, 5]);
  expect(Array.from(second!.candidates).sort()).toEqual([-1, 0, 4, 5]);
});

test.each([
  ['sessions[1]: expected a step at least, got none', [sessions[0]!, { user: 0, items: [], rewards: [] }]],
  ['sessions[0].rewards: expected 2 like items, got 1', [{ user: 0, items: [1, 2], rewards: [1] }]],
  [
    'sessions[0].rewards[1]: expected a finite number, got NaN',
    [{ user: 0, items: [1, 2], rewards: [1, NaN] }],
  ],
])('%s', (message, bad) => expect(() => sessionSteps(bad, 3)).toThrow(message));

test('an item that is in no table is refused', () => {
  const learner = toyLearner();
  const steps = sessionSteps([{ user: 0, items: [6], rewards: [1] }], 3);
  expect(() => sessionTransitions(learner, steps, { random: Random.fromSeed(1) })).toThrow(
    'item: expected an index from 0 to 5, got 6',
  );
  learner.dispose();
});
