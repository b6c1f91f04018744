import * as tf from '@tensorflow/tfjs-core';
import { Random } from '@rl-recsys/random';
import { closeTo } from '@rl-recsys/testing';
import { describe, expect, test } from '@jest/globals';
import type { EncoderSignal } from '../src/index.js';
import { toyLearner, toyBatch, weightsOf, type Part } from './toy-actor-critic.js';

const parts: Part[] = ['encoder', 'actor', 'critic'];
/** Rounds to 0 in float32: nothing moves. */
const frozen = 1e-60;

describe('targets', () => {
  test('begin as copies of the online networks', () => {
    const learner = toyLearner();
    for (const part of parts) expect(weightsOf(learner, part, 'targets')).toEqual(weightsOf(learner, part));
  });

  test('move by tau towards the online networks', () => {
    const learner = toyLearner({ tau: 0.25 });
    const before = Object.fromEntries(parts.map((part) => [part, weightsOf(learner, part, 'targets')]));
    learner.learn(toyBatch());
    for (const part of parts) {
      const online = weightsOf(learner, part);
      const expected = before[part]!.map((weight, index) => 0.25 * online[index]! + 0.75 * weight);
      expect(weightsOf(learner, part, 'targets')).toEqual(closeTo(expected, 6));
    }
  });
});

describe('the TD error', () => {
  test('is y − Q(s, a) with the targets at the next state, and no bootstrap where discount is 0', () => {
    const learner = toyLearner();
    const {
      actor,
      critics: [critic],
    } = learner.targets; // the encoder begins as the identity
    const batch = toyBatch();
    const nextState = batch.nextObservation[0]!;
    const nextValue = critic!.predict([nextState, actor.predict(nextState) as tf.Tensor]) as tf.Tensor;
    const value = critic!.predict([batch.observation[0]!, batch.action]) as tf.Tensor;
    const [next, now] = [nextValue.dataSync(), value.dataSync()];
    const expected = [1 + 0.9 * next[0]! - now[0]!, -1 + 0.9 * next[1]! - now[1]!, 0.5 - now[2]!];
    expect(Array.from(learner.tdError(batch).dataSync())).toEqual(closeTo(expected, 6));
    expect(Array.from(learner.learn(batch).tdErrors)).toEqual(closeTo(expected, 6));
  });

  test('of a terminated transition ignores the next state', () => {
    const learner = toyLearner();
    const batch = toyBatch({ discount: [0, 0, 0] });
    const elsewhere = { ...batch, nextObservation: [tf.fill([3, 2], 100)] };
    expect(learner.tdError(elsewhere).dataSync()).toEqual(learner.tdError(batch).dataSync());
  });

  test('weighs into the critic loss by the importance weights', () => {
    const { criticLoss, tdErrors } = toyLearner().learn(toyBatch({ weight: [1, 0, 0.5] }));
    expect(criticLoss).toBeCloseTo((tdErrors[0]! ** 2 + 0.5 * tdErrors[2]! ** 2) / 3, 6);
  });
});

describe('the actor learns', () => {
  test('from Q at π(s), not from the replayed actions', () => {
    const learners = [
      [0.1, -0.4, 0.7],
      [-1, 1, -1],
    ].map((action) => {
      const learner = toyLearner({ criticLearningRate: frozen });
      learner.learn(toyBatch({ action }));
      return learner;
    });
    expect(weightsOf(learners[0]!, 'actor')).toEqual(weightsOf(learners[1]!, 'actor'));
  });

  test('upwards: its first step moves every weight against −Q, by finite differences', () => {
    const learner = toyLearner({ criticLearningRate: frozen, actorLearningRate: 1e-3 });
    const observation = toyBatch().observation[0]!;
    const kernel = learner.networks.actor.trainableWeights.at(-2)!.read() as tf.Variable;
    const value = () =>
      tf.tidy(() => {
        const action = learner.networks.actor.predict(observation) as tf.Tensor;
        return tf
          .mean(learner.networks.critics[0]!.predict([observation, action]) as tf.Tensor)
          .dataSync()[0]!;
      });
    // The output layer's kernel, one number at a time. Adam's first step is the gradient's sign.
    const start = Array.from(kernel.dataSync());
    const slopes = start.map((_, index) => {
      const at = (change: number) => {
        kernel.assign(
          tf.tensor(
            start.map((w, other) => w + (other === index ? change : 0)),
            kernel.shape,
          ),
        );
        return value();
      };
      return (at(0.5) - at(-0.5)) / 1;
    });
    kernel.assign(tf.tensor(start, kernel.shape));
    learner.learn(toyBatch());
    const moved = Array.from(kernel.dataSync(), (weight, index) => weight - start[index]!);
    const clear = slopes
      .map((slope, index) => ({ slope, move: moved[index]! }))
      .filter(({ slope }) => Math.abs(slope) > 1e-5);
    expect(clear.length).toBeGreaterThan(3);
    for (const { slope, move } of clear) expect(Math.sign(move)).toBe(Math.sign(slope));
  });

  test('without changing the critic', () => {
    const critics = [frozen, 0.1].map((actorLearningRate) => {
      const learner = toyLearner({ actorLearningRate });
      learner.learn(toyBatch());
      return weightsOf(learner, 'critic');
    });
    expect(critics[0]).toEqual(critics[1]);
  });
});

describe('the encoder', () => {
  const moves = (
    encoderSignal: EncoderSignal,
    rates: { actorLearningRate: number; criticLearningRate: number },
  ) => {
    const learner = toyLearner({ encoderSignal, ...rates });
    const before = weightsOf(learner, 'encoder');
    learner.learn(toyBatch());
    return String(weightsOf(learner, 'encoder')) !== String(before);
  };
  const onlyActor = { actorLearningRate: 0.01, criticLearningRate: frozen };
  const onlyCritic = { actorLearningRate: frozen, criticLearningRate: 0.01 };

  test.each([
    ['actor', true, false],
    ['critic', false, true],
    ['both', true, true],
  ] as const)('with signal %s learns from actor: %s, from critic: %s', (signal, fromActor, fromCritic) => {
    expect(moves(signal, onlyActor)).toBe(fromActor);
    expect(moves(signal, onlyCritic)).toBe(fromCritic);
  });

  test('learns from nothing where there is none', () => {
    for (const encoder of [false, true]) {
      const learner = toyLearner({ encoder, encoderSignal: 'both' });
      expect(['actor', 'critic'].map((loss) => learner.encoderLearnsFrom(loss as 'actor'))).toEqual([
        encoder,
        encoder,
      ]);
    }
  });

  test('is not moved under the critic by the actor: a constant policy teaches it nothing', () => {
    const learner = toyLearner({ encoderSignal: 'actor', actorLearningRate: 0.01 });
    const actor = learner.networks.actor;
    actor.setWeights(actor.getWeights().map((weight) => tf.zerosLike(weight)));
    const before = weightsOf(learner, 'encoder');
    learner.learn(toyBatch());
    expect(weightsOf(learner, 'encoder')).toEqual(before);
  });
});

describe('saving', () => {
  test('a restored learner goes on bit for bit', () => {
    const learner = toyLearner({ encoderSignal: 'both' });
    for (let step = 0; step < 5; step++) learner.learn(toyBatch());
    const copy = toyLearner({ encoderSignal: 'both', seed: 2 });
    copy.restore(learner.state());
    for (let step = 0; step < 5; step++) expect(copy.learn(toyBatch())).toEqual(learner.learn(toyBatch()));
    for (const part of parts) {
      expect(weightsOf(copy, part)).toEqual(weightsOf(learner, part));
      expect(weightsOf(copy, part, 'targets')).toEqual(weightsOf(learner, part, 'targets'));
    }
  });

  test('a state is a copy, and one of other shapes is refused and changes nothing', () => {
    const learner = toyLearner();
    const state = learner.state();
    const before = weightsOf(learner, 'actor');
    expect(() => learner.restore(toyLearner({ encoder: false }).state())).toThrow(
      'variables: expected 32 arrays, got 28',
    );
    expect(() => learner.restore(null)).toThrow('variables: expected 32 arrays, got 0');
    expect(weightsOf(learner, 'actor')).toEqual(before);
    learner.learn(toyBatch());
    learner.restore(state);
    expect(weightsOf(learner, 'actor')).toEqual(before);
  });

  test.each(['targetNoise', 'encoderRandom'] as const)(
    'a state without %s is for learners without it',
    (stream) => {
      const random = Random.fromSeed(1);
      const options = {
        targetNoise: { targetSmoothing: { deviation: 1, clip: 1, random } },
        encoderRandom: { encoderRandom: random },
      };
      const [without, learner] = [toyLearner(), toyLearner(options[stream])];
      const before = [without.state(), learner.state()];
      expect(() => without.restore(before[1]!)).toThrow(new RangeError(`${stream}: expected none, got one`));
      expect(() => learner.restore(before[0]!)).toThrow(
        new RangeError(`${stream}: expected the state of a stream, got none`),
      );
      expect([without.state(), learner.state()]).toEqual(before);
    },
  );

  test('an actor elsewhere acts by the weights that it takes, encoder and all', () => {
    const [learner, elsewhere] = [toyLearner({ encoderSignal: 'both' }), toyLearner({ seed: 2 })];
    for (let step = 0; step < 3; step++) learner.learn(toyBatch());
    elsewhere.takeWeights(learner.weights());
    const { observation } = toyBatch();
    expect(elsewhere.act(observation).dataSync()).toEqual(learner.act(observation).dataSync());
    expect(() => elsewhere.takeWeights(learner.weights().slice(1))).toThrow(
      'weights: expected 8 arrays, got 7',
    );
  });

  test('the scale of the learning rates is saved', () => {
    const learner = toyLearner();
    learner.scaleLearningRates(0.25);
    const copy = toyLearner({ seed: 2 });
    copy.restore(learner.state());
    expect(copy.learn(toyBatch())).toEqual(learner.learn(toyBatch()));
    expect(weightsOf(copy, 'actor')).toEqual(weightsOf(learner, 'actor'));
  });
});

test('act, learn and dispose leak no tensor', () => {
  const start = tf.memory().numTensors;
  const learner = toyLearner({ encoderSignal: 'both' });
  const batch = toyBatch();
  const before = tf.memory().numTensors;
  learner.learn(batch);
  learner.act(batch.observation).dispose();
  expect(tf.memory().numTensors).toBe(before);
  learner.dispose();
  expect(tf.memory().numTensors).toBe(start + 6); // the batch's own
});
