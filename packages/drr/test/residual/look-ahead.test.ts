import { copySaved, type SavedState } from '@rl-recsys/random';
import { expect, test } from '@jest/globals';
import { LookAhead } from '../../src/residual/look-ahead.js';

const seen = { user: 1, history: Int32Array.of(-1, 2), rewards: Float32Array.of(0, 1) };
const step = {
  ...{ session: 3, observation: { ...seen, candidates: Int32Array.of(4) }, action: 4, reward: 1 },
  ...{ nextObservation: { ...seen, candidates: Int32Array.of(5) }, terminated: false, truncated: true },
};
const transition = {
  ...{ observation: seen, nextObservation: step.nextObservation, reward: 1, discount: 0.5 },
  action: { item: 4, candidates: Int32Array.of(4, -1) },
};

/** One transition waits for the candidates of the state in which its session was cut off. */
function waiting(): LookAhead {
  const lookAhead = new LookAhead();
  lookAhead.push(step, [transition]);
  return lookAhead;
}

test('what waits is saved, and finished elsewhere by what can be shown then', () => {
  const elsewhere = new LookAhead();
  elsewhere.restore(waiting().state());
  expect(elsewhere.cutOffs()).toEqual([step.nextObservation]);
  expect(elsewhere.take()).toEqual([]);
  elsewhere.complete([], [Int32Array.of(5, -1)]);
  expect(elsewhere.take()).toMatchObject([
    { user: 1, item: 4, candidates: Int32Array.of(4, -1), nextCandidates: Int32Array.of(5, -1) },
  ]);
});

test.each<[string, object]>([
  ['no session', { session: 0.5 }],
  ['no end', { isCutOff: null }],
  ['no transitions', { transitions: null }],
  ['an empty list of them', { transitions: [] }],
  ['a transition that showed nothing', { transitions: [{ ...transition, action: null }] }],
  ['a state that offers nothing', { transitions: [{ ...transition, nextObservation: seen }] }],
])('a state of which something waits with %s is refused, and changes nothing', (_, change) => {
  const lookAhead = waiting();
  const before = lookAhead.state();
  const { waiting: saved, finished } = copySaved(before) as { waiting: SavedState[]; finished: SavedState };
  const wrong = { waiting: [{ ...(saved[0] as object), ...change }], finished } as unknown as SavedState;
  expect(() => lookAhead.restore(wrong)).toThrow('state: expected transitions that wait and some that are');
  expect(() => lookAhead.restore({ waiting: saved, finished: null })).toThrow('state: expected transitions');
  expect(lookAhead.state()).toEqual(before);
});
