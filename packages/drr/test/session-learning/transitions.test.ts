import { expect, test } from '@jest/globals';
import { drrTransition, residualTransition } from '../../src/index.js';
import { toyStep } from './toy-sessions.js';

const { observation, nextObservation } = toyStep(3);
const step = { observation, nextObservation, reward: -2, discount: 0.5 };
const common = { user: 1, history: observation.history, reward: -2, discount: 0.5 };
const nextHistory = Int32Array.of(2, 4, 3);

test("DRR's row has the action that chose the item", () => {
  const action = Float32Array.of(1, 2, 3, 4);
  expect(drrTransition({ ...step, action })).toEqual({ ...common, action, nextHistory });
});

test("the default variant's has the item, and the candidates of both states", () => {
  const [candidates, nextCandidates] = [Int32Array.of(5, 3, 0, -1), Int32Array.of(0, 5, -1, -1)];
  expect(residualTransition({ ...step, action: { item: 3, candidates } }, nextCandidates)).toEqual({
    ...{ ...common, rewards: Float32Array.of(0, 1, 0.5), candidates, item: 3 },
    ...{ nextHistory, nextRewards: Float32Array.of(1, 0.5, -2), nextCandidates },
  });
});
