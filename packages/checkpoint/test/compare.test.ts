import { expect, test } from '@jest/globals';
import { copySaved, Random, type SavedState } from '@rl-recsys/random';
import fc from 'fast-check';
import { compare } from '../src/index.js';

const state = {
  step: 3,
  agent: { weights: [Float32Array.of(1, 2), Float32Array.of(3)], name: 'drr', rate: 0 },
  ended: [true, false],
};

test.each<[string, (copy: typeof state) => SavedState, object]>([
  ['a number', (copy) => ({ ...copy, step: 4 }), { path: 'step', first: '3', second: '4' }],
  [
    'a number in an array',
    (copy) => (copy.agent.weights[0]!.set([2.5], 1), copy),
    { path: 'agent.weights[0][1]', first: '2', second: '2.5' },
  ],
  [
    'NaN',
    (copy) => (copy.agent.weights[1]!.fill(NaN), copy),
    { path: 'agent.weights[1][0]', first: '3', second: 'NaN' },
  ],
  [
    'the sign of 0',
    (copy) => ((copy.agent.rate = -0), copy),
    { path: 'agent.rate', first: '0', second: '-0' },
  ],
  ['a flag', (copy) => ((copy.ended[1] = true), copy), { path: 'ended[1]', first: 'false', second: 'true' }],
  ['a length', (copy) => (copy.ended.push(true), copy), { path: 'ended.length', first: '2', second: '3' }],
  [
    'what is missing',
    ({ agent, ended }) => ({ agent, ended }),
    { path: 'step', first: '3', second: 'nothing' },
  ],
  ['what is more', (copy) => ({ ...copy, more: null }), { path: 'more', first: 'nothing', second: 'null' }],
  [
    'a kind',
    (copy) => ({ ...copy, agent: { ...copy.agent, weights: Float64Array.of(1) } }),
    { path: 'agent.weights', first: 'a list of 2', second: 'Float64Array of 1' },
  ],
  ['a text', (copy) => ({ ...copy, agent: 'x' }), { path: 'agent', first: 'a record', second: '"x"' }],
])('names %s', (_, change, difference) => {
  expect(compare(state, change(copySaved<typeof state>(state)))).toEqual(difference);
});

test('finds nothing between copies, NaN among their numbers, nor between agents of one state', () => {
  const json: fc.Arbitrary<SavedState> = fc.jsonValue() as fc.Arbitrary<never>;
  fc.assert(
    fc.property(json, fc.float32Array(), (value, array) => {
      const whole = { value, array };
      expect(compare(whole, copySaved(whole))).toBeUndefined();
    }),
  );
  const [one, other] = [Random.fromSeed(1), Random.fromSeed(1)];
  expect(compare(one, other)).toBeUndefined();
  other.bits();
  expect(compare(one, other)).toMatchObject({ path: 'words[0]' });
  expect(compare(one, one.state())).toBeUndefined();
});
