import * as tf from '@tensorflow/tfjs-core';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import { describe, expect, test } from '@jest/globals';
import { DqnLearner, type ActionValueNetwork, type DqnLearnerOptions } from '../src/index.js';
import { batchOf } from './toy-batches.js';

function toyLearner(options: Partial<DqnLearnerOptions> = {}): DqnLearner {
  const sizes = { stateSize: 2, actionCount: 3, hiddenSize: 8 };
  return new DqnLearner({ ...sizes, learningRate: 1e-2, random: Random.fromSeed(1), ...options });
}

const toyFields = toyLearner().fields;

const transitions = [
  { observation: [1, 0.5], action: 0, reward: 1, discount: 0.9, nextObservation: [0.2, 0.1] },
  { observation: [-0.5, 1], action: 2, reward: -1, discount: 0.9, nextObservation: [1, 1] },
  { observation: [0.3, -0.8], action: 0, reward: 0.5, discount: 0, nextObservation: [-1, 0.4] },
];

function toyBatch(change: { weight?: number[]; nextObservation?: number[]; discount?: number } = {}) {
  const { weight, ...rest } = change;
  const batch = batchOf(
    toyFields,
    transitions.map((transition) => ({ ...transition, ...rest })),
  );
  if (weight) batch.weights.set(weight);
  return batch;
}

/** A learner whose target lags far behind its network. */
function practised(): DqnLearner {
  const learner = toyLearner({ tau: 1e-6, learningRate: 3e-2 });
  for (let step = 0; step < 15; step++) learner.learn(toyBatch());
  return learner;
}

// The formulas again, in plain numbers, on what the networks themselves say.

const predict = ({ dense }: ActionValueNetwork, rows: number[][]) =>
  (dense.model.predict(tf.tensor2d(rows)) as tf.Tensor2D).arraySync();
const largest = (values: number[]) => values.indexOf(Math.max(...values));

/** δ of each transition: who chooses the next action, and who says what it is worth. */
function errorsOf(
  { network }: DqnLearner,
  chooses: ActionValueNetwork,
  values: ActionValueNetwork,
): number[] {
  const states = transitions.map(({ observation }) => observation);
  const nextStates = transitions.map(({ nextObservation }) => nextObservation);
  const [now, choice, next] = [
    predict(network, states),
    predict(chooses, nextStates),
    predict(values, nextStates),
  ];
  return transitions.map(
    ({ action, reward, discount }, row) =>
      reward + discount * next[row]![largest(choice[row]!)]! - now[row]![action]!,
  );
}

describe('the TD error', () => {
  test('is r + discount · Q′(s′, argmax Q(s′, a)) − Q(s, a)', () => {
    const learner = practised();
    const { network, target } = learner;
    const expected = errorsOf(learner, network, target);
    // Known mistakes: the network's own values, and the target's own choice, which is DQN without the Double.
    const mistakes = [errorsOf(learner, network, network), errorsOf(learner, target, target)];
    const { tdErrors } = learner.learn(toyBatch());
    expect(Array.from(tdErrors)).toEqual(closeTo(expected, 5));
    for (const mistake of mistakes) expect(Array.from(tdErrors)).not.toEqual(closeTo(mistake, 5));
  });

  test('does not look past termination', () => {
    const errors = practised().learn(toyBatch({ discount: 0 })).tdErrors;
    const elsewhere = practised().learn(toyBatch({ discount: 0, nextObservation: [50, -50] }));
    expect(elsewhere.tdErrors).toEqual(errors);
  });

  test('makes the loss, weighted; meanQ and maxQ are those of the actions that were taken', () => {
    const learner = practised();
    const values = predict(
      learner.network,
      transitions.map(({ observation }) => observation),
    );
    const taken = transitions.map(({ action }, row) => values[row]![action]!);
    const inspected = learner.inspect(toyBatch());
    expect(inspected['meanQ']).toBeCloseTo((taken[0]! + taken[1]! + taken[2]!) / 3, 5);
    expect(inspected['maxQ']).toBeCloseTo(Math.max(...taken), 5);
    const { figures, tdErrors } = learner.learn(toyBatch({ weight: [1, 0, 0.5] }));
    expect(figures['loss']).toBeCloseTo((tdErrors[0]! ** 2 + 0.5 * tdErrors[2]! ** 2) / 3, 5);
  });
});

test('an update moves the actions that were taken alone, towards the target', () => {
  const learner = toyLearner();
  const [kernel, bias] = learner.network.dense.variables
    .slice(-2)
    .map((variable) => variable.dataSync().slice());
  const { tdErrors } = learner.learn(toyBatch({ weight: [1, 0, 0] })); // action 0 alone counts
  const [movedKernel, movedBias] = learner.network.dense.variables
    .slice(-2)
    .map((variable) => variable.dataSync());
  expect(Math.sign(movedBias![0]! - bias![0]!)).toBe(Math.sign(tdErrors[0]!));
  for (const action of [1, 2]) {
    expect(movedBias![action]).toBe(bias![action]);
    for (let unit = 0; unit < 8; unit++)
      expect(movedKernel![3 * unit + action]).toBe(kernel![3 * unit + action]);
  }
});

test('the target begins as a copy and follows by tau', () => {
  const learner = toyLearner({ tau: 0.25 });
  const numbers = (network: ActionValueNetwork) => network.weights().flatMap((each) => Array.from(each));
  const before = numbers(learner.target);
  expect(before).toEqual(numbers(learner.network));
  learner.learn(toyBatch());
  const online = numbers(learner.network);
  expect(online).not.toEqual(before);
  expect(numbers(learner.target)).toEqual(
    closeTo(
      before.map((each, index) => each + 0.25 * (online[index]! - each)),
      6,
    ),
  );
});

test('a rare reward counts by how large it is: values are means, not medians', () => {
  const learner = toyLearner();
  const rewards = [20, 0, 0, 0]; // clipped errors would end near 0, squared ones at 5
  const same = { observation: [1, 1], action: 0, discount: 0, nextObservation: [0, 0] };
  const batch = batchOf(
    toyFields,
    rewards.map((reward) => ({ ...same, reward })),
  );
  for (let update = 0; update < 300; update++) learner.learn(batch);
  expect(Math.abs(predict(learner.network, [[1, 1]])[0]![0]! - 5)).toBeLessThan(0.1);
});

test('prepare brings the states of network and target to one scale', () => {
  const learner = toyLearner();
  const batch = toyBatch();
  learner.prepare(batch);
  // x of the toy's transitions is 1, −0.5 and 0.3, y is 0.5, 1 and −0.8.
  for (const { scale } of [learner.network, learner.target]) {
    expect(Array.from(scale.mean.dataSync())).toEqual(closeTo([0.8 / 3, 0.7 / 3], 6));
    expect(Array.from(scale.deviation.dataSync())).toEqual(
      closeTo([Math.sqrt(1.34 / 3 - (0.8 / 3) ** 2) + 0.01, Math.sqrt(1.89 / 3 - (0.7 / 3) ** 2) + 0.01], 6),
    );
  }
  const scale = learner.network.scale.deviation.dataSync().slice();
  learner.learn(batch);
  expect(learner.network.scale.deviation.dataSync()).toEqual(scale); // it does not learn
});

describe('saving', () => {
  test('a restored learner goes on bit for bit, at its scale of learning rates', () => {
    const learner = practised();
    learner.scaleLearningRates(0.5);
    const copy = toyLearner({ tau: 1e-6, learningRate: 3e-2, random: Random.fromSeed(2) });
    copy.restore(learner.state());
    for (let step = 0; step < 5; step++) expect(copy.learn(toyBatch())).toEqual(learner.learn(toyBatch()));
    expect(copy.state()).toEqual(learner.state());
  });

  test('a state of other shapes is refused and changes nothing', () => {
    const learner = toyLearner();
    const before = learner.state();
    expect(() => learner.restore(null)).toThrow('variables: expected 16 arrays, got 0');
    expect(() => learner.restore(toyLearner({ hiddenSize: 4 }).state())).toThrow(
      'variables[0]: expected 16 float32',
    );
    expect(learner.state()).toEqual(before);
  });
});

test('learning leaves nothing behind, and dispose frees all, twice too', () => {
  const start = tf.memory().numTensors;
  const learner = toyLearner();
  const before = tf.memory().numTensors;
  for (let step = 0; step < 3; step++) learner.learn(toyBatch());
  expect(tf.memory().numTensors).toBe(before);
  learner.dispose();
  learner.dispose();
  expect(tf.memory().numTensors).toBe(start);
});

test('of three actions the last is learned from, and what comes after it refused', () => {
  const learner = toyLearner();
  const told = (action: number) => () => learner.assertTransition({ ...transitions[0]!, action });
  expect(told(2)).not.toThrow();
  for (const action of [3, -1]) {
    expect(told(action)).toThrow(new RangeError(`action: expected an action from 0 to 2, got ${action}`));
  }
});

test('bad options are named', () => {
  expect(() => toyLearner({ tau: 0 })).toThrow('tau: expected above 0 and at most 1, got 0');
  expect(() => toyLearner({ learningRate: -1 })).toThrow(
    'learningRate: expected a positive finite number, got -1',
  );
  expect(() => toyLearner({ actionCount: 0 })).toThrow('outputSize: expected a positive integer, got 0');
});
