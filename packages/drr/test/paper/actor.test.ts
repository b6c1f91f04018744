import { copySaved, Random } from '@rl-recsys/random';
import { describe, expect, test } from '@jest/globals';
import { bestItem, DrrActor, type DrrActorOptions } from '../../src/index.js';
import { moveWeights } from '../moved.js';
import { sessionStep } from '../session-steps.js';
import { observe, toyLearner, toyTables } from './toy-learner.js';

const seen = [observe(), observe({ user: 2 }), observe({ user: 0, candidates: Int32Array.of(2, 4) })];
const sessions = [0, 1, 2];

function toyActor(options: Partial<DrrActorOptions> = {}, learner = toyLearner()): DrrActor {
  return new DrrActor(learner, { epsilon: 0, random: Random.fromSeed('exploration'), ...options });
}

describe('acting', () => {
  test('shows the candidate that the policy ranks first', () => {
    const learner = toyLearner();
    const expected = seen.map((each) =>
      bestItem(learner.policyNetwork.act(each), toyTables().items, each.candidates),
    );
    expect(toyActor({}, learner).act(seen)).toEqual(expected);
    expect(toyActor({}, learner).explore(seen, sessions)).toEqual(expected);
    expect(toyActor({}, learner).act([])).toEqual([]);
    expect(toyActor({}, learner).explore([], [])).toEqual([]);
  });

  test('explores the same from the same stream, and elsewhere from another', () => {
    const explored = (seed: string) => {
      const actor = toyActor({ epsilon: 1, random: Random.fromSeed(seed) });
      return Array.from({ length: 20 }, () => actor.explore(seen, sessions));
    };
    expect(explored('one')).toEqual(explored('one'));
    expect(explored('one')).not.toEqual(explored('another'));
  });

  test('explores by the vector that it stores: uniform in (−1, 1), and the item ranks first by it', () => {
    const actor = toyActor({ epsilon: 1 });
    const numbers: number[] = [];
    for (let round = 0; round < 200; round++) {
      const items = actor.explore(seen, sessions);
      for (const [place, action] of items.entries()) {
        const step = sessionStep(place, seen[place]!, { action, reward: 1 });
        const [transition] = actor.observe(step);
        const vector = transition!.action as Float32Array;
        expect(bestItem(vector, toyTables().items, seen[place]!.candidates)).toBe(action);
        numbers.push(...vector);
      }
    }
    expect(Math.max(...numbers.map(Math.abs))).toBeLessThan(1);
    expect(Math.max(...numbers)).toBeGreaterThan(0.95);
    expect(Math.min(...numbers)).toBeLessThan(-0.95);
    const mean = numbers.reduce((sum, number) => sum + number) / numbers.length;
    expect(Math.abs(mean)).toBeLessThan(0.05); // 2400 of deviation .58: ± .012
  });

  test('follows a schedule of rounds, and tells where it stands', () => {
    const actor = toyActor({ epsilon: (round) => 1 / (1 + round) });
    expect(actor.figures()).toEqual({ epsilon: 1 });
    for (const epsilon of [1, 1 / 2, 1 / 3]) {
      actor.explore(seen, sessions);
      expect(actor.figures()).toEqual({ epsilon });
    }
  });

  test('takes the weights of a learner elsewhere', () => {
    const [learner, copy] = [toyLearner({ seed: 1 }), toyLearner({ seed: 2 })];
    moveWeights(learner);
    const [actor, other] = [toyActor({}, learner), toyActor({}, copy)];
    const actions = (of: typeof learner) => of.policyNetwork.actBatch(seen);
    expect(actions(copy)).not.toEqual(actions(learner));
    const weights = copySaved(learner.weights());
    other.takeWeights(weights);
    expect(actions(copy)).toEqual(actions(learner));
    expect(other.act(seen)).toEqual(actor.act(seen));
    moveWeights(copy); // the weights were copied, both ways
    expect(weights).toEqual(learner.weights());
    expect(() => other.takeWeights(weights.slice(1))).toThrow('weights: expected');
  });
});

describe('observing', () => {
  const first = sessionStep(0, seen[0]!, { action: 1, reward: 0.5 });
  const second = sessionStep(0, first.nextObservation, { action: 3, reward: -1 });

  test('stores the vector that chose the item, with the discount', () => {
    const learner = toyLearner();
    const actor = toyActor({ gamma: 0.5 }, learner);
    const vectors = seen.map((each) => learner.policyNetwork.act(each));
    actor.explore(seen, sessions);
    const step = sessionStep(2, seen[2]!, { action: 4, reward: 0.25 });
    expect(actor.observe(step)).toEqual([
      {
        ...{ user: 0, history: seen[2]!.history, action: vectors[2], reward: 0.25, discount: 0.5 },
        nextHistory: step.nextObservation.history,
      },
    ]);
    const [terminated] = actor.observe({ ...step, terminated: true });
    const [truncated] = actor.observe({ ...step, truncated: true });
    expect([terminated!.discount, truncated!.discount]).toEqual([0, 0.5]);
  });

  test('by default a later reward is worth 0.9', () => {
    const actor = toyActor();
    actor.explore(seen, sessions);
    expect(actor.observe(first)[0]!.discount).toBe(0.9);
  });

  test('adds up the steps of each session for itself', () => {
    const learner = toyLearner();
    const actor = toyActor({ gamma: 0.5, returnSteps: 2 }, learner);
    actor.explore(seen, sessions);
    const chosenBy = seen.map((each) => learner.policyNetwork.act(each));
    expect(actor.observe(first)).toEqual([]);
    expect(actor.observe(sessionStep(1, seen[1]!, { action: 5, reward: 8 }))).toEqual([]);
    actor.explore([first.nextObservation], [0]);
    const [finished, ...others] = actor.observe(second);
    expect(others).toEqual([]);
    expect(finished).toEqual({
      ...{ user: 1, history: seen[0]!.history, action: chosenBy[0], reward: 0, discount: 0.25 },
      nextHistory: second.nextObservation.history,
    });
    // Session 1 is cut off after one more step: both of its transitions are finished, and still look ahead.
    const cutOff = sessionStep(1, seen[1]!, { action: 0, reward: 2, ended: 'truncated' });
    const rows = actor.observe(cutOff).map(({ reward, discount, action }) => [reward, discount, action]);
    expect(rows).toEqual([
      [9, 0.25, chosenBy[1]],
      [2, 0.5, chosenBy[1]],
    ]);
    // Session 0 terminates: nothing comes after it.
    const end = sessionStep(0, second.nextObservation, { action: 0, reward: 1, ended: 'terminated' });
    expect(actor.observe(end).map(({ reward, discount }) => [reward, discount])).toEqual([
      [-0.5, 0],
      [1, 0],
    ]);
  });

  test('refuses what was no candidate', () => {
    const actor = toyActor();
    actor.explore(seen, sessions);
    const step = sessionStep(2, seen[2]!, { action: 1, reward: 1 });
    expect(() => actor.observe(step)).toThrow('action: expected one of the candidates, got 1');
  });

  test('refuses a session that never explored', () => {
    expect(() => toyActor().observe(sessionStep(3, seen[0]!, { action: 1, reward: 0 }))).toThrow(
      'session: expected one that explored before, got 3',
    );
  });
});

test('goes on where it stood: open returns, the stream and the schedule', () => {
  const options = { epsilon: (round: number) => (round < 3 ? 1 : 0.5), returnSteps: 3 };
  const [actor, other] = [toyActor(options), toyActor({ ...options, random: Random.fromSeed('else') })];
  const round = (of: DrrActor) => {
    const items = of.explore(seen, sessions);
    const transitions = items.flatMap((action, place) =>
      of.observe(sessionStep(place, seen[place]!, { action, reward: action })),
    );
    return { items, transitions };
  };
  for (let count = 0; count < 2; count++) round(actor);
  actor.explore(seen, sessions); // in the middle of a round
  other.restore(copySaved(actor.state()));
  const last = sessionStep(1, seen[1]!, { action: 0, reward: 1 });
  expect(other.observe(last)).toEqual(actor.observe(last));
  for (let count = 0; count < 5; count++) expect(round(other)).toEqual(round(actor));
  expect(other.figures()).toEqual(actor.figures());
});

test('a state with a vector of another length is refused, and changes nothing', () => {
  const actor = toyActor();
  actor.explore(seen, sessions);
  const state = copySaved(actor.state()) as { readonly chosenBy: readonly Float32Array[] };
  for (const wrong of [new Float32Array(3), new Float32Array(5), [0, 0, 0, 0]]) {
    const chosenBy = [state.chosenBy[0]!, wrong, state.chosenBy[2]!];
    expect(() => actor.restore({ ...state, chosenBy })).toThrow('state.chosenBy: expected');
    expect(actor.state()).toEqual(state);
  }
});
