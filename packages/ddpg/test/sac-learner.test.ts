import * as tf from '@tensorflow/tfjs-core';
import { Random, type SavedState } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import { describe, expect, test } from '@jest/globals';
import {
  SacLearner,
  softValue,
  temperatureLoss,
  type DenseNetwork,
  type SacLearnerOptions,
} from '../src/index.js';
import { batchOf } from './toy-batches.js';

const RATE = 1e-2;

function toyLearner(options: Partial<SacLearnerOptions> = {}): SacLearner {
  const sizes = { stateSize: 2, actionSize: 2, hiddenSize: 4 };
  return new SacLearner({ ...sizes, learningRate: RATE, random: Random.fromSeed(1), ...options });
}

/** A learner whose targets lag behind its critics. */
function practised(options: Partial<SacLearnerOptions> = {}): SacLearner {
  const learner = toyLearner(options);
  for (let step = 0; step < 12; step++) learner.learn(toyBatch());
  return learner;
}

const transitions = [
  { observation: [1, 0.5], action: [0.1, -0.3], reward: 1, discount: 0.9, nextObservation: [0.2, 0.1] },
  { observation: [-0.5, 1], action: [-0.4, 0.8], reward: -1, discount: 0.9, nextObservation: [1, 1] },
  { observation: [0.3, -0.8], action: [0.7, 0.2], reward: 0.5, discount: 0, nextObservation: [-1, 0.4] },
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
const toyFields = toyLearner().fields;

const twinOf = (learner: SacLearner, options: Partial<SacLearnerOptions> = {}) => {
  const twin = toyLearner({ random: Random.fromSeed(2), ...options });
  twin.restore(learner.state());
  return twin;
};

// The formulas again, in plain numbers, on what the networks themselves say.

const predict = ({ model }: DenseNetwork, rows: number[][]) =>
  (model.predict(tf.tensor2d(rows)) as tf.Tensor2D).arraySync();

/** The noise of the next two draws of a batch: for the next states, then for the states. */
function nextNoise(learner: SacLearner): [number[][], number[][]] {
  const random = Random.fromState((learner.state() as Record<string, SavedState>)['random']!);
  const draw = () => transitions.map(() => [random.normal(), random.normal()]);
  return [draw(), draw()];
}

function drawn(policy: DenseNetwork, states: number[][], noise: number[][]) {
  return predict(policy, states).map((outputs, row) => {
    const numbers = [0, 1].map((index) => {
      const [mean, logDeviation, e] = [outputs[index]!, outputs[2 + index]!, noise[row]![index]!];
      const action = Math.tanh(mean + Math.exp(logDeviation) * e);
      const ofNormal = -0.5 * e ** 2 - logDeviation - 0.5 * Math.log(2 * Math.PI);
      return { action, logProbability: ofNormal - Math.log(1 - action ** 2) };
    });
    return {
      action: numbers.map(({ action }) => action),
      logProbability: numbers.reduce((sum, each) => sum + each.logProbability, 0),
    };
  });
}

function leastValues(
  critics: readonly DenseNetwork[],
  states: number[][],
  actions: number[][],
  least = Math.min,
) {
  const values = critics.map((critic) =>
    predict(
      critic,
      states.map((state, row) => [...state, ...actions[row]!]),
    ).flat(),
  );
  return values[0]!.map((value, row) => least(value, values[1]![row]!));
}

/** y of each transition; `temperature` is 0 where entropy is forgotten. */
function targetsOf(
  learner: SacLearner,
  critics: readonly DenseNetwork[],
  temperature: number,
  least = Math.min,
): number[] {
  const states = transitions.map(({ nextObservation }) => nextObservation);
  const next = drawn(learner.policy, states, nextNoise(learner)[0]);
  const values = leastValues(
    critics,
    states,
    next.map(({ action }) => action),
    least,
  );
  return transitions.map(
    ({ reward, discount }, row) =>
      reward + discount * (values[row]! - temperature * next[row]!.logProbability),
  );
}

const temperatureOf = ({ logTemperature }: SacLearner) => Math.exp(logTemperature.dataSync()[0]!);

const inputs = transitions.map(({ observation, action }) => [...observation, ...action]);

describe('the critics', () => {
  test('learn r + discount · (min Q′(s′, a′) − α log π(a′|s′)), of new actions by the target critics', () => {
    const learner = practised();
    const before = twinOf(learner);
    const temperature = temperatureOf(learner);
    expect(temperature).toBeLessThan(0.95);
    const values = predict(learner.critics[0]!, inputs).flat();
    const errorsOf = (targets: number[]) => targets.map((target, row) => target - values[row]!);
    const { tdErrors } = learner.learn(toyBatch());

    expect(Array.from(tdErrors)).toEqual(
      closeTo(errorsOf(targetsOf(before, before.targetCritics, temperature)), 4),
    );
    // Known mistakes give others: the online critics, no entropy, entropy that costs, the larger Q.
    const { critics, targetCritics } = before;
    for (const mistake of [
      targetsOf(before, critics, temperature),
      targetsOf(before, targetCritics, 0),
      targetsOf(before, targetCritics, -temperature),
      targetsOf(before, targetCritics, temperature, Math.max),
    ]) {
      expect(Array.from(tdErrors)).not.toEqual(closeTo(errorsOf(mistake), 4));
    }
  });

  test('do not look past termination', () => {
    const [here, elsewhere] = [practised(), practised()];
    const errors = here.learn(toyBatch({ discount: 0 })).tdErrors;
    expect(elsewhere.learn(toyBatch({ discount: 0, nextObservation: [50, -50] })).tdErrors).toEqual(errors);
  });

  test('have the weighted squared errors of both as their loss', () => {
    const learner = practised();
    const targets = targetsOf(learner, learner.targetCritics, temperatureOf(learner));
    const weight = [1, 0, 0.5];
    const losses = learner.critics.map((critic) =>
      predict(critic, inputs)
        .flat()
        .reduce((sum, value, row) => sum + (weight[row]! * (targets[row]! - value) ** 2) / 3, 0),
    );
    const { criticLoss } = learner.learn(toyBatch({ weight })).figures;
    expect(criticLoss).toBeCloseTo(losses[0]! + losses[1]!, 4);
  });

  test('tell the mean and the largest value of the actions that were taken, by the first of them', () => {
    const learner = practised();
    const values = predict(learner.critics[0]!, inputs).flat();
    const { meanQ, maxQ } = learner.inspect(toyBatch());
    expect(meanQ).toBeCloseTo((values[0]! + values[1]! + values[2]!) / 3, 5);
    expect(maxQ).toBeCloseTo(Math.max(...values), 5);
  });

  test('begin apart, and their targets follow by tau', () => {
    const learner = toyLearner({ tau: 0.25 });
    const numbers = (networks: readonly DenseNetwork[]) =>
      networks.flatMap((network) => network.weights().flatMap((each) => Array.from(each)));
    expect(learner.critics[0]!.weights()).not.toEqual(learner.critics[1]!.weights());
    const before = numbers(learner.targetCritics);
    expect(before).toEqual(numbers(learner.critics));
    learner.learn(toyBatch());
    const online = numbers(learner.critics);
    expect(numbers(learner.targetCritics)).toEqual(
      closeTo(
        before.map((each, index) => each + 0.25 * (online[index]! - each)),
        6,
      ),
    );
  });
});

describe('the policy', () => {
  const states = transitions.map(({ observation }) => observation);
  /** mean(α log π − min Q) by the policy, of the noise, under the critics. */
  function lossOf(
    policy: DenseNetwork,
    critics: readonly DenseNetwork[],
    noise: number[][],
    temperature: number,
  ) {
    const now = drawn(policy, states, noise);
    const values = leastValues(
      critics,
      states,
      now.map(({ action }) => action),
    );
    return (
      now.reduce((sum, { logProbability }, row) => sum + temperature * logProbability - values[row]!, 0) / 3
    );
  }

  test('has α log π − min Q as its loss, under the critics as they are after their update', () => {
    const learner = practised();
    const before = twinOf(learner);
    const { actorLoss, entropy } = learner.learn(toyBatch()).figures;
    const noise = nextNoise(before)[1];
    expect(actorLoss).toBeCloseTo(lossOf(before.policy, learner.critics, noise, temperatureOf(before)), 4);
    const likely = drawn(before.policy, states, noise).map(({ logProbability }) => logProbability);
    expect(entropy).toBeCloseTo(-likely.reduce((sum, each) => sum + each, 0) / 3, 4);
  });

  test('goes down that loss: its first step has the sign of finite differences, layer by layer', () => {
    const learner = toyLearner();
    const before = twinOf(learner);
    const noise = nextNoise(before)[1];
    learner.learn(toyBatch());
    let compared = 0;
    for (const [place, variable] of before.policy.variables.entries()) {
      const start = variable.dataSync().slice();
      const moved = learner.policy.variables[place]!.dataSync();
      for (let index = 0; index < start.length; index++) {
        const at = (change: number) => {
          variable.assign(
            tf.tensor(
              start.map((each, other) => each + (other === index ? change : 0)),
              variable.shape,
            ),
          );
          return lossOf(before.policy, learner.critics, noise, 1);
        };
        const slope = (at(0.01) - at(-0.01)) / 0.02;
        variable.assign(tf.tensor(start, variable.shape));
        if (Math.abs(slope) < 1e-3) continue;
        expect((moved[index]! - start[index]!) / RATE).toBeCloseTo(-Math.sign(slope), 1);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(20);
  });
});

describe('the temperature', () => {
  test('has −α (log π + H̄) as its loss', () => {
    const logProbability = tf.tensor1d([0.5, -1.5]);
    expect(temperatureLoss(logProbability, 0.2, -2).dataSync()[0]).toBeCloseTo(0.5, 6); // −0.2 (−0.5 − 2)
  });

  test.each([
    { targetEntropy: -2, direction: -1 },
    { targetEntropy: 5, direction: 1 },
  ])(
    'moves log α by its rate, $direction where entropy should be $targetEntropy',
    ({ targetEntropy, direction }) => {
      const learner = toyLearner({ targetEntropy });
      const { temperature } = learner.learn(toyBatch()).figures;
      expect(temperature).toBeCloseTo(Math.exp(direction * RATE), 5);
    },
  );
});

test('the soft value is the smaller Q less α log π', () => {
  const values = [tf.tensor1d([1, 5]), tf.tensor1d([2, 3])];
  expect(Array.from(softValue(values, tf.tensor1d([-1, 2]), 0.5).dataSync())).toEqual([1.5, 2]);
});

describe('saving', () => {
  test('a restored learner goes on bit for bit, at its scale of learning rates', () => {
    const learner = practised();
    learner.scaleLearningRates(0.5);
    const copy = twinOf(learner);
    for (let step = 0; step < 5; step++) expect(copy.learn(toyBatch())).toEqual(learner.learn(toyBatch()));
    expect(copy.state()).toEqual(learner.state());
  });

  test('a state of other shapes is refused and changes nothing', () => {
    const learner = toyLearner();
    const before = learner.state();
    expect(() => learner.restore(null)).toThrow('variables: expected 31 arrays, got 0');
    expect(() => learner.restore(toyLearner({ hiddenSize: 3 }).state())).toThrow(
      'variables[0]: expected 8 float32',
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

test('bad options are named', () => {
  expect(() => toyLearner({ tau: 2 })).toThrow('tau: expected above 0 and at most 1, got 2');
  expect(() => toyLearner({ targetEntropy: NaN })).toThrow(
    'targetEntropy: expected a finite number, got NaN',
  );
  expect(() => toyLearner({ learningRate: 0 })).toThrow(
    'learningRate: expected a positive finite number, got 0',
  );
  expect(() => toyLearner({ hiddenSize: 0 })).toThrow('hiddenSize: expected a positive integer, got 0');
});
