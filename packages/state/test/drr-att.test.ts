import { closeTo } from '@rl-recsys/testing';
import { expect, test } from '@jest/globals';
import { DrrAtt } from '../src/index.js';
import { moduleFor, stateOf, type Inputs } from './state-of.js';

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

/**
 * Two units. The first has relu(u₁ + i₁ − 3), 0 for item [1, 3] and 4 for [5, 1]; the second has
 * relu(−u₂ + i₂ − 1), 3 and 1. Scores are ln 2 / 4 of the first and ln 3 / 2 of the second.
 */
const weights = [
  [
    [1, 0],
    [0, -1],
    [1, 0],
    [0, 1],
  ],
  [-3, -1],
  [[Math.log(2) / 4], [Math.log(3) / 2]],
];

const states = (inputs: Inputs) =>
  stateOf(moduleFor(new DrrAtt({ seed: 1, units: 2 }), inputs, weights), inputs);

test('the state is [u, u ⊗ g, g] with g by attention of the user over the items that there are', () => {
  // exp(score): 3^1.5 and 2 · 3^0.5, so attention 3/5 and 2/5, and g = [2.6, 2.2]
  expect(states(history)).toEqual(closeTo([2, -1, 5.2, -2.2, 2.6, 2.2]));
});

test('another user pays attention to other items', () => {
  // u = [2, 1]: the second unit has 1 and 0, scores ln 3 / 2 and ln 2
  const attention = Math.sqrt(3) / (Math.sqrt(3) + 2);
  const g = [attention + 5 * (1 - attention), 3 * attention + (1 - attention)] as const;
  expect(states({ ...history, user: [[2, 1]] })).toEqual(closeTo([2, 1, 2 * g[0], g[1], ...g]));
});

test('a single item has all attention, and without any g is 0', () => {
  expect(states({ ...history, mask: [[0, 0, 1]] })).toEqual(closeTo([2, -1, 10, -1, 5, 1]));
  expect(states({ ...history, mask: [[0, 0, 0]] })).toEqual(closeTo([2, -1, 0, -0, 0, 0]));
});

test('attention over items does not depend on other users of the batch', () => {
  const batch = {
    user: [...history.user, [2, 1]],
    items: [...history.items, ...history.items],
    mask: [[0, 0, 0], ...history.mask],
  };
  expect(states(batch)).toEqual([
    ...states({ ...history, mask: [[0, 0, 0]] }),
    ...states({ ...history, user: [[2, 1]] }),
  ]);
});
