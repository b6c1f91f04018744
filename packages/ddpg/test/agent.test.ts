import * as tf from '@tensorflow/tfjs-core';
import { closeTo } from '@rl-recsys/testing';
import { describe, expect, test } from '@jest/globals';
import type { EncoderSignal } from '../src/index.js';
import { toyAgent, toyBatch, weightsOf, type Part } from './toy-agent.js';

const parts: Part[] = ['encoder', 'actor', 'critic'];
/** Rounds to 0 in float32: nothing moves. */
const frozen = 1e-60;

describe('targets', () => {
  test('begin as copies of the online networks', () => {
    const agent = toyAgent();
    for (const part of parts) expect(weightsOf(agent, part, 'targets')).toEqual(weightsOf(agent, part));
  });

  test('move by tau towards the online networks', () => {
    const agent = toyAgent({ tau: 0.25 });
    const before = Object.fromEntries(parts.map((part) => [part, weightsOf(agent, part, 'targets')]));
    agent.learn(toyBatch());
    for (const part of parts) {
      const online = weightsOf(agent, part);
      const expected = before[part]!.map((weight, index) => 0.25 * online[index]! + 0.75 * weight);
      expect(weightsOf(agent, part, 'targets')).toEqual(closeTo(expected, 6));
    }
  });
});

describe('the TD error', () => {
  test('is y − Q(s, a) with the targets at the next state, and no bootstrap where discount is 0', () => {
    const agent = toyAgent();
    const { actor, critic } = agent.targets; // the encoder begins as the identity
    const batch = toyBatch();
    const nextState = batch.nextObservation[0]!;
    const nextValue = critic.predict([nextState, actor.predict(nextState) as tf.Tensor]) as tf.Tensor;
    const value = critic.predict([batch.observation[0]!, batch.action]) as tf.Tensor;
    const [next, now] = [nextValue.dataSync(), value.dataSync()];
    const expected = [1 + 0.9 * next[0]! - now[0]!, -1 + 0.9 * next[1]! - now[1]!, 0.5 - now[2]!];
    expect(Array.from(agent.tdError(batch).dataSync())).toEqual(closeTo(expected, 6));
    expect(Array.from(agent.learn(batch).tdErrors)).toEqual(closeTo(expected, 6));
  });

  test('of a terminated transition ignores the next state', () => {
    const agent = toyAgent();
    const batch = toyBatch({ discount: [0, 0, 0] });
    const elsewhere = { ...batch, nextObservation: [tf.fill([3, 2], 100)] };
    expect(agent.tdError(elsewhere).dataSync()).toEqual(agent.tdError(batch).dataSync());
  });

  test('weighs into the critic loss by the importance weights', () => {
    const { criticLoss, tdErrors } = toyAgent().learn(toyBatch({ weight: [1, 0, 0.5] }));
    expect(criticLoss).toBeCloseTo((tdErrors[0]! ** 2 + 0.5 * tdErrors[2]! ** 2) / 3, 6);
  });
});

describe('the actor learns', () => {
  test('from Q at π(s), not from the replayed actions', () => {
    const agents = [
      [0.1, -0.4, 0.7],
      [-1, 1, -1],
    ].map((action) => {
      const agent = toyAgent({ criticLearningRate: frozen });
      agent.learn(toyBatch({ action }));
      return agent;
    });
    expect(weightsOf(agents[0]!, 'actor')).toEqual(weightsOf(agents[1]!, 'actor'));
  });

  test('upwards: its first step moves every weight against −Q, by finite differences', () => {
    const agent = toyAgent({ criticLearningRate: frozen, actorLearningRate: 1e-3 });
    const observation = toyBatch().observation[0]!;
    const kernel = agent.networks.actor.trainableWeights.at(-2)!.read() as tf.Variable;
    const value = () =>
      tf.tidy(() => {
        const action = agent.networks.actor.predict(observation) as tf.Tensor;
        return tf.mean(agent.networks.critic.predict([observation, action]) as tf.Tensor).dataSync()[0]!;
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
    agent.learn(toyBatch());
    const moved = Array.from(kernel.dataSync(), (weight, index) => weight - start[index]!);
    const clear = slopes
      .map((slope, index) => ({ slope, move: moved[index]! }))
      .filter(({ slope }) => Math.abs(slope) > 1e-5);
    expect(clear.length).toBeGreaterThan(3);
    for (const { slope, move } of clear) expect(Math.sign(move)).toBe(Math.sign(slope));
  });

  test('without changing the critic', () => {
    const critics = [frozen, 0.1].map((actorLearningRate) => {
      const agent = toyAgent({ actorLearningRate });
      agent.learn(toyBatch());
      return weightsOf(agent, 'critic');
    });
    expect(critics[0]).toEqual(critics[1]);
  });
});

describe('the encoder', () => {
  const moves = (
    encoderSignal: EncoderSignal,
    rates: { actorLearningRate: number; criticLearningRate: number },
  ) => {
    const agent = toyAgent({ encoderSignal, ...rates });
    const before = weightsOf(agent, 'encoder');
    agent.learn(toyBatch());
    return String(weightsOf(agent, 'encoder')) !== String(before);
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

  test('is not moved under the critic by the actor: a constant policy teaches it nothing', () => {
    const agent = toyAgent({ encoderSignal: 'actor', actorLearningRate: 0.01 });
    const actor = agent.networks.actor;
    actor.setWeights(actor.getWeights().map((weight) => tf.zerosLike(weight)));
    const before = weightsOf(agent, 'encoder');
    agent.learn(toyBatch());
    expect(weightsOf(agent, 'encoder')).toEqual(before);
  });
});

describe('saving', () => {
  test('a restored agent goes on bit for bit', () => {
    const agent = toyAgent({ encoderSignal: 'both' });
    for (let step = 0; step < 5; step++) agent.learn(toyBatch());
    const copy = toyAgent({ encoderSignal: 'both', seed: 2 });
    copy.restore(Buffer.concat([agent.save()])); // a Buffer, as reading a file gives it
    for (let step = 0; step < 5; step++) expect(copy.learn(toyBatch())).toEqual(agent.learn(toyBatch()));
    for (const part of parts) {
      expect(weightsOf(copy, part)).toEqual(weightsOf(agent, part));
      expect(weightsOf(copy, part, 'targets')).toEqual(weightsOf(agent, part, 'targets'));
    }
  });

  test('bad bytes are refused and change nothing', () => {
    const agent = toyAgent();
    const before = weightsOf(agent, 'actor');
    const saved = toyAgent({ seed: 2 }).save();
    expect(() => agent.restore(saved.slice(0, saved.length / 2))).toThrow('expected a saved agent');
    expect(() => agent.restore(Uint8Array.of(1))).toThrow('expected the format rl-recsys ddpg 1');
    expect(() => agent.restore(toyAgent({ encoder: false }).save())).toThrow('tensors, got');
    expect(weightsOf(agent, 'actor')).toEqual(before);
  });
});

test('act, learn and dispose leak no tensor', () => {
  const start = tf.memory().numTensors;
  const agent = toyAgent({ encoderSignal: 'both' });
  const batch = toyBatch();
  const before = tf.memory().numTensors;
  agent.learn(batch);
  agent.act(batch.observation).dispose();
  expect(tf.memory().numTensors).toBe(before);
  agent.dispose();
  expect(tf.memory().numTensors).toBe(start + 6); // the batch's own
});
