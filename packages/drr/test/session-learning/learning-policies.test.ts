import * as tf from '@tensorflow/tfjs-core';
import { evaluateSessions, type LearningPolicy } from '@rl-recsys/evaluation';
import { Random } from '@rl-recsys/random';
import { describe, expect, test } from '@jest/globals';
import { recommend, type SessionStep } from '../../src/index.js';
import { drrCase, residualCase } from './learning-policies.js';
import { toySessions, toyStep } from './toy-sessions.js';
import '../on-wasm.js';

const random = Random.fromSeed(1);
const all = Int32Array.of(0, 1, 2, 3, 4, 5);
const { observation } = toyStep(0);

function scoresOf(policy: Pick<LearningPolicy, 'score'>): Float32Array {
  const scores = new Float32Array(all.length);
  policy.score(observation, all, scores);
  return scores;
}

/** Lets the policy learn from what it would show. */
function learn(
  policy: Pick<LearningPolicy, 'score'> & { observe(step: SessionStep): void },
  change: Partial<SessionStep> = {},
) {
  policy.observe(toyStep(recommend(policy, observation, 1)[0]!.item, change));
}

describe.each([
  ['DrrLearningPolicy', drrCase],
  ['ResidualLearningPolicy', residualCase],
] as const)('%s', (_, create) => {
  test('learns from each step, and goes back bit for bit', () => {
    const { policy, save } = create();
    const [parameters, scores] = [save(), scoresOf(policy)];
    for (let step = 0; step < 4; step++) {
      const before = scoresOf(policy);
      learn(policy);
      learn(policy); // the actor may have its turn at every second update
      expect(scoresOf(policy)).not.toEqual(before);
    }
    policy.reset();
    expect(save()).toEqual(parameters);
    expect(scoresOf(policy)).toEqual(scores);
  });

  test('stopped within a session it goes on elsewhere, and goes back where it would have', () => {
    const [one, other] = [create(), create()];
    for (let step = 0; step < 3; step++) learn(one.policy);
    other.policy.restore(one.policy.state());
    for (const { policy } of [one, other]) for (let step = 0; step < 3; step++) learn(policy, { reward: 1 });
    expect(other.save()).toEqual(one.save());
    expect(other.policy.state()).toEqual(one.policy.state());
    for (const { policy } of [one, other]) policy.reset();
    expect(other.save()).toEqual(one.save());
    const alone = one.make(); // without transitions of training
    expect(() => alone.restore(one.policy.state())).toThrow('memory.training: expected none');
    expect(() => one.policy.restore(null)).toThrow('state: expected a record');
  });

  test('forgets the steps of a session, and what was drawn in it', () => {
    const { policy, save } = create();
    const session = () => {
      for (let step = 0; step < 3; step++) learn(policy);
      const learned = save();
      policy.reset();
      return learned;
    };
    const first = session();
    expect(session()).toEqual(first);
    learn(policy, { reward: 3 });
    policy.reset();
    expect(session()).toEqual(first);
  });

  test('leaves the buffer as it is', () => {
    const { policy, replay } = create();
    const before = replay.state();
    learn(policy);
    expect(replay.state()).toEqual(before);
  });

  test('is measured in sessions, each time alike', async () => {
    const { policy, frozen, save } = create();
    const before = save();
    const options = {
      environment: toySessions((item) => (item % 2 ? 1 : -1)),
      sessions: 6,
      steps: 8,
      random,
    };
    const first = await evaluateSessions(policy, options);
    expect(save()).toEqual(before);
    expect(first.policy).toBe('DRR, learning');
    expect(await evaluateSessions(policy, options)).toEqual(first);
    expect((await evaluateSessions(frozen, options)).policy).toBe('DRR');
  });

  test('learns from the first step without a buffer too, and makes as many updates as it is told to', () => {
    const { make, save, policy } = create();
    const once = make();
    const trained = save();
    learn(once);
    const [afterOne, other] = [save(), make()];
    expect(afterOne).not.toEqual(trained);
    other.reset();
    expect(save()).toEqual(afterOne); // a policy goes back to what the learner was when it was made
    policy.reset();
    expect(save()).toEqual(trained);
    const thrice = make({ updates: 3 });
    learn(thrice);
    expect(save()).not.toEqual(afterOne);
  });

  test('counts on what comes after a session that is cut off, not after one that terminates', () => {
    const { policy, save } = create();
    const after = (change: Partial<SessionStep>) => {
      policy.reset();
      // Four of the same, so that each is drawn.
      for (let step = 0; step < 4; step++) learn(policy, change);
      return save();
    };
    expect(after({ truncated: true })).toEqual(after({}));
    expect(after({ terminated: true })).not.toEqual(after({}));
  });

  test('says what its vectors were fitted on, as the learner does', () => {
    const { policy, frozen } = create();
    expect(policy.fittedOn).toBe(frozen.fittedOn);
  });

  test('leaks no tensor in 8 sessions', async () => {
    const { policy } = create();
    const before = tf.memory().numTensors;
    await evaluateSessions(policy, { environment: toySessions(() => 1), sessions: 8, steps: 2, random });
    expect(tf.memory().numTensors).toBe(before);
  });

  describe('refuses', () => {
    const { policy, make, save } = create();
    const shown = recommend(policy, observation, 1)[0]!.item;
    const { nextObservation: next } = toyStep(shown);
    const bad: Array<[string, Partial<SessionStep>]> = [
      ['user: expected an index', { observation: { ...observation, user: 7 } }],
      ['history: expected an index', { observation: { ...observation, history: Int32Array.of(0, 6, 1) } }],
      ['history: expected 3 indices', { observation: { ...observation, history: Int32Array.of(1) } }],
      [
        'candidates: expected an index',
        { observation: { ...observation, candidates: Int32Array.of(shown, 6) } },
      ],
      [
        'candidates: expected an index',
        { observation: { ...observation, candidates: Int32Array.of(shown, -1) } },
      ],
      ['action: expected one of the candidates, got 6', { action: 6 }],
      ['reward', { reward: NaN }],
      ['history: expected an index', { nextObservation: { ...next, history: Int32Array.of(0, 6, 1) } }],
      ['history: expected 3 indices', { nextObservation: { ...next, history: Int32Array.of(0, 1) } }],
      ['nextObservation: expected user 1 as before, got 2', { nextObservation: { ...next, user: 2 } }],
    ];

    policy.reset();
    learn(policy);
    learn(policy);
    const undisturbed = save();

    test.each(bad)('a step: %s (%#)', (message, change) => {
      const tensors = tf.memory().numTensors;
      policy.reset();
      learn(policy);
      const before = save();
      const item = recommend(policy, observation, 1)[0]!.item;
      expect(() => policy.observe(toyStep(item, change))).toThrow(message);
      expect(save()).toEqual(before);
      learn(policy); // nor is anything in the buffer, or drawn
      expect(save()).toEqual(undisturbed);
      expect(tf.memory().numTensors).toBe(tensors);
    });

    test('options that are out of range', () => {
      expect(() => make({ gamma: 1.1 })).toThrow('gamma: expected a number from 0 to 1, got 1.1');
      expect(() => make({ gamma: undefined as never })).toThrow(
        'gamma: expected a number from 0 to 1, got undefined',
      );
      expect(() => make({ updates: 0 })).toThrow('updates: expected a positive integer, got 0');
      expect(() => make({ batchSize: 0 })).toThrow('batchSize: expected a positive integer, got 0');
      expect(() => make({ gama: 0.5 } as object)).toThrow(
        'gama: expected one of the options batchSize, gamma',
      );
    });
  });

  test('goes back to what was trained where learning runs away', () => {
    const { policy, learner, save } = create();
    const trained = save();
    learn(policy);
    expect(save()).not.toEqual(trained);
    const update = learner.learn.bind(learner);
    learner.learn = (batch: never) => ({ ...update(batch), tdErrors: Float32Array.of(NaN) });
    expect(() => learn(policy)).toThrow('tdErrors: expected a finite number that learning can go on from');
    expect(save()).toEqual(trained);
    learner.learn = update;
    policy.reset();
    learn(policy);
    expect(save()).not.toEqual(trained);
  });
});

describe('an item that somebody else chose', () => {
  const others = (policy: Pick<LearningPolicy, 'score'>) => recommend(policy, observation, 6)[3]!.item;

  test('teaches the default variant, whose critics see the item', () => {
    const { policy, save } = residualCase();
    const before = save();
    policy.observe(toyStep(others(policy)));
    expect(save()).not.toEqual(before);
  });

  test('is refused by DRR, whose critic sees the action', () => {
    const { policy, save } = drrCase();
    const before = save();
    const [best] = recommend(policy, observation, 1);
    expect(() => policy.observe(toyStep(others(policy)))).toThrow(
      `action: expected ${best!.item}, which ranks first, got ${others(policy)}`,
    );
    expect(save()).toEqual(before);
  });
});

test('vectors that learn are ranked as they are now', () => {
  const { policy, learner } = residualCase({ trainableItems: true });
  for (let step = 0; step < 4; step++) learn(policy);
  const { user, history, rewards } = observation;
  const action = learner.act({ user: [user], history, rewards });
  const rank = ({ vectors, size }: typeof learner.items) =>
    all.map((item) => 1e4 * action.reduce((sum, number, k) => sum + number * vectors[item * size + k]!, 0));
  const scores = scoresOf(policy).map((score) => 1e4 * score);
  expect(Int32Array.from(scores)).toEqual(rank(learner.learningItems));
  expect(rank(learner.items)).not.toEqual(rank(learner.learningItems));
  policy.reset();
  expect(scoresOf(policy)).toEqual(scoresOf(residualCase({ trainableItems: true }).policy));
});

test('other candidates are looked at in each step beside the best', () => {
  const { make, learner } = residualCase();
  const policy = make();
  const looked = new Set<string>();
  learner.learn = ({ columns }) => {
    for (let from = 0; from < columns.candidates.length; from += 4)
      looked.add(String(columns.candidates.slice(from, from + 4)));
    return { figures: { criticLoss: 0, actorLoss: undefined }, tdErrors: new Float32Array(8) };
  };
  for (let step = 0; step < 6; step++) policy.observe(toyStep(0));
  expect(looked.size).toBeGreaterThan(1);
});
