import { describe, expect, test } from '@jest/globals';
import { fromFragment, knobsAt, planFor, toFragment, type Plan } from '../src/plan.js';

const turned: Plan = {
  ...planFor('moving-taste', 7),
  replay: 'uniform',
  turns: [
    { step: 6400, knobs: { gamma: 0.5, epsilon: 0.25, boredom: 2 } },
    { step: 12_800, knobs: { gamma: 0, epsilon: 'auto', boredom: 0.1 } },
  ],
  until: 19_200,
};

describe('an address', () => {
  test.each([turned, planFor('shop'), planFor('ratings', 0), planFor('file')])(
    'gives the same plan again',
    (plan) => {
      expect(fromFragment(`#${toFragment(plan)}`)).toEqual(plan);
    },
  );

  test('without a world has none', () => expect(fromFragment('')).toBeUndefined());

  test('may leave out what is usual', () => expect(fromFragment('#world=shop')).toEqual(planFor('shop')));

  test.each([
    ['world=moon', 'world: expected moving-taste, shop, ratings, file, got moon'],
    ['world=shop&seed=-1', /^seed: expected an integer from 0/],
    ['world=shop&seed=', /^seed: expected an integer/],
    ['world=shop&steps=0', 'steps: expected an integer from 1 to 1000000, got 0'],
    ['world=shop&knobs=2,auto,1', 'gamma: expected a number from 0 to 1, got 2'],
    ['world=shop&knobs=0.5,x,1', 'epsilon: expected a number from 0 to 1, got x'],
    ['world=shop&knobs=0.5', /^epsilon: /],
    ['world=shop&turns=9~0.5,auto,9', 'boredom: expected a number from 0 to 3, got 9'],
    ['world=shop&until=99999', 'until: expected an integer from 1 to 20000, got 99999'],
    ['world=shop&speed=2', /^speed: expected one of world, /],
  ])('%s is refused', (fragment, words) => expect(() => fromFragment(fragment)).toThrow(words));
});

test('knobs are those of the last turn', () => {
  expect(knobsAt(turned, 0)).toEqual(turned.knobs);
  expect(knobsAt(turned, 6400).gamma).toBe(0.5);
  expect(knobsAt(turned, 99_999).boredom).toBe(0.1);
});
