import { closeTo } from '@rl-recsys/testing';
import { expect, test } from '@jest/globals';
import { DecayingSums, decayingWeights } from '../src/index.js';
import { moduleFor, stateOf } from './state-of.js';

const history = {
  user: [[2]],
  items: [[[9], [1], [5]]],
  mask: [[0, 1, 1]], // the first is padding
};

test('an item counts for less the longer ago it was', () => {
  expect([...decayingWeights(3, 0.5)]).toEqual([0.125, 0.25, 0.5]);
  expect([...decayingWeights(2, 0.75)]).toEqual([0.1875, 0.25]);
});

test('the state is [u, u ⊗ g, g] with three sums g, each forgetting at its rate, not divided by their length', () => {
  // .5 · 5 + .25 · 1, .2 · 5 + .16 · 1, .05 · 5 + .0475 · 1
  const sums = [2.75, 1.16, 0.2975];
  const expected = [2, ...sums.map((g) => 2 * g), ...sums];
  expect(stateOf(moduleFor(new DecayingSums({}), history), history)).toEqual(closeTo(expected));
});

test('each sum and position has its weight', () => {
  const weights = [
    [7, 1, 0],
    [7, 0, 2],
    [7, -1, 1],
  ];
  const module = moduleFor(new DecayingSums({}), history, [weights]);
  expect(stateOf(module, history)).toEqual(closeTo([2, 2, 20, 8, 1, 10, 4]));
});

test('without any item the sums are 0', () => {
  const empty = { ...history, mask: [[0, 0, 0]] };
  expect(stateOf(moduleFor(new DecayingSums({}), empty), empty)).toEqual([2, 0, 0, 0, 0, 0, 0]);
});
