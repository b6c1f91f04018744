import { closeTo } from '@rl-recsys/testing';
import { expect, test } from '@jest/globals';
import { DrrAve } from '../src/index.js';
import { moduleFor, stateOf } from './state-of.js';

const history = {
  user: [[2, -1]],
  items: [
    [
      [9, 9], // padding
      [1, 3],
      [5, 1],
    ],
  ],
  mask: [[0, 1, 1]],
};

test('the state is [u, u ⊗ g, g] with g the mean of the items that there are', () => {
  // g = ([1, 3] + [5, 1]) / 2 = [3, 2]
  expect(stateOf(moduleFor(new DrrAve({}), history), history)).toEqual(closeTo([2, -1, 6, -2, 3, 2]));
});

test('each position has its weight', () => {
  const module = moduleFor(new DrrAve({}), history, [[7, 0.5, 2]]);
  // g = (0.5 · [1, 3] + 2 · [5, 1]) / 2 = [5.25, 1.75]
  expect(stateOf(module, history)).toEqual(closeTo([2, -1, 10.5, -1.75, 5.25, 1.75]));
});

test('without any item g is 0', () => {
  const empty = { ...history, mask: [[0, 0, 0]] };
  expect(stateOf(moduleFor(new DrrAve({}), empty), empty)).toEqual([2, -1, 0, -0, 0, 0]);
});
