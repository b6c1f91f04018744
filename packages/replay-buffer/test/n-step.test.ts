import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NStepReturns, type EnvironmentStep } from '../src/index.js';

type Step = EnvironmentStep<string, number>;

/** An episode that goes through the observations `name0`, `name1`, …, with the action t at step t. */
function episode(name: string, rewards: readonly number[], end: 'terminated' | 'truncated' | 'open'): Step[] {
  return rewards.map((reward, time) => {
    const isLast = time === rewards.length - 1;
    return {
      observation: `${name}${time}`,
      action: time,
      reward,
      nextObservation: `${name}${time + 1}`,
      terminated: isLast && end === 'terminated',
      truncated: isLast && end === 'truncated',
    };
  });
}

describe('by hand: n = 3, γ = 1/2, rewards 8, 4, 2, 1', () => {
  const pushAll = (end: 'terminated' | 'truncated') => {
    const returns = new NStepReturns<string, number>({ steps: 3, gamma: 0.5 });
    return episode('s', [8, 4, 2, 1], end).map((step) => returns.push(step));
  };
  const first = { observation: 's0', action: 0, reward: 10.5, nextObservation: 's3', discount: 0.125 };

  test('a truncated episode bootstraps from its last observation, with the steps that were taken', () => {
    expect(pushAll('truncated')).toEqual([
      [],
      [],
      [first],
      [
        { observation: 's1', action: 1, reward: 5.25, nextObservation: 's4', discount: 0.125 },
        { observation: 's2', action: 2, reward: 2.5, nextObservation: 's4', discount: 0.25 },
        { observation: 's3', action: 3, reward: 1, nextObservation: 's4', discount: 0.5 },
      ],
    ]);
  });

  test('a terminated one earns the same and bootstraps nothing', () => {
    expect(pushAll('terminated')).toEqual([
      [],
      [],
      [first],
      [
        { observation: 's1', action: 1, reward: 5.25, nextObservation: 's4', discount: 0 },
        { observation: 's2', action: 2, reward: 2.5, nextObservation: 's4', discount: 0 },
        { observation: 's3', action: 3, reward: 1, nextObservation: 's4', discount: 0 },
      ],
    ]);
  });
});

test('one step is (r, γ), and (r, 0) at termination', () => {
  const returns = new NStepReturns<string, number>({ steps: 1, gamma: 0.9 });
  const finished = episode('s', [3, -1], 'terminated').map((step) => returns.push(step));
  expect(finished).toEqual([
    [{ observation: 's0', action: 0, reward: 3, nextObservation: 's1', discount: 0.9 }],
    [{ observation: 's1', action: 1, reward: -1, nextObservation: 's2', discount: 0 }],
  ]);
});

test('an episode that is truncated as it terminates has terminated', () => {
  const returns = new NStepReturns<string, number>({ steps: 2, gamma: 0.9 });
  const [step] = episode('s', [1], 'terminated');
  expect(returns.push({ ...step!, truncated: true })[0]!.discount).toBe(0);
});

test('any episodes give what a look at the whole of each gives', () => {
  const end = fc.constantFrom<'terminated' | 'truncated'>('terminated', 'truncated');
  const rewards = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 9 });
  const episodes = fc.array(fc.record({ rewards, end }), { minLength: 1, maxLength: 4 });
  const gamma = fc.constantFrom(0, 0.5, 0.9, 1);
  fc.assert(
    fc.property(episodes, fc.integer({ min: 1, max: 6 }), gamma, (all, steps, gamma) => {
      const returns = new NStepReturns<string, number>({ steps, gamma });
      const finished = all.flatMap(({ rewards, end }, index) =>
        episode(`${index}-`, rewards, end).flatMap((step) => returns.push(step)),
      );
      const expected = all.flatMap(({ rewards, end }, index) =>
        wholeEpisode(`${index}-`, rewards, end, steps, gamma),
      );
      expect(finished).toEqual(expected);
    }),
    { seed: 1, numRuns: 500 },
  );
});

function wholeEpisode(
  name: string,
  rewards: readonly number[],
  end: 'terminated' | 'truncated',
  steps: number,
  gamma: number,
): unknown[] {
  return rewards.map((_, time) => {
    const taken = rewards.slice(time, time + steps);
    const reachesEnd = time + taken.length === rewards.length;
    return {
      observation: `${name}${time}`,
      action: time,
      reward: expect.closeTo(
        taken.reduce((sum, reward, index) => sum + gamma ** index * reward, 0),
        9,
      ),
      nextObservation: `${name}${time + taken.length}`,
      discount: reachesEnd && end === 'terminated' ? 0 : expect.closeTo(gamma ** taken.length, 9),
    };
  });
}

test('a bad step is not taken', () => {
  const returns = new NStepReturns<string, number>({ steps: 2, gamma: 0.5 });
  const [one, two] = episode('s', [8, 4], 'open');
  returns.push(one!);
  expect(() => returns.push({ ...two!, reward: NaN })).toThrow('reward: expected a finite number, got NaN');
  expect(returns.push(two!)).toEqual([
    { observation: 's0', action: 0, reward: 10, nextObservation: 's2', discount: 0.25 },
  ]);
});

test.each([0, 0.5, 1])('two-step returns with γ = %d go on from a state, which is a copy', (gamma) => {
  const make = () => new NStepReturns<string, number>({ steps: 2, gamma });
  const [one, two, three] = episode('s', [8, 4, 2], 'open');
  const [returns, other] = [make(), make()];
  returns.push(one!);
  const state = returns.state();
  expect(state).toEqual([{ observation: 's0', action: 0, reward: 8, discount: gamma }]);
  other.restore(state);
  expect(returns.push(two!)).toEqual(other.push(two!));
  const third = {
    observation: 's1',
    action: 1,
    reward: 4 + 2 * gamma,
    nextObservation: 's3',
    discount: gamma ** 2,
  };
  for (const each of [returns, other]) expect(each.push(three!)).toEqual([third]);
  expect(state).toEqual([{ observation: 's0', action: 0, reward: 8, discount: gamma }]);
});

test.each([
  [null],
  [{}],
  [[null]],
  [[{ observation: 's', action: 0, reward: NaN, discount: 0.5 }]],
  [[{ observation: 's', action: 0, reward: 1, discount: 2 }]],
  [[{ observation: 's', action: 0, reward: 1, discount: -0.5 }]],
  [[{ observation: 's', action: 0, reward: 1, discount: '0.5' }]],
  [[{ observation: 's', reward: 1, discount: 0.5 }]],
  [[1, 2].map((reward) => ({ observation: 's', action: 0, reward, discount: 0.5 }))],
])('%j is no state of two-step returns, and changes nothing', (state) => {
  const returns = new NStepReturns<string, number>({ steps: 2, gamma: 0.5 });
  const [one, two] = episode('s', [8, 4], 'open');
  returns.push(one!);
  expect(() => returns.restore(state)).toThrow('state: expected fewer than 2 open transitions');
  expect(returns.push(two!)).toMatchObject([{ observation: 's0', reward: 10 }]);
});

test('bad options are named', () => {
  expect(() => new NStepReturns({ steps: 0, gamma: 1 })).toThrow('steps: expected a positive integer, got 0');
  expect(() => new NStepReturns({ steps: 1, gamma: 1.1 })).toThrow('gamma: expected 0 to 1, got 1.1');
});
