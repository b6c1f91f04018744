import { box } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from '@jest/globals';
import { chain, oneStep } from './probes.js';
import { agentFor, trained } from './toy-sac.js';
import './on-wasm.js';

describe('exploring', () => {
  const environment = oneStep(Random.fromSeed(1), () => 0);
  const x = Float32Array.of(1);

  test('fills the box, in the warm-up and by the policy’s own draws; acting draws nothing', () => {
    for (const warmup of [100, 0]) {
      const [agent, twin] = [agentFor(environment, { warmup }), agentFor(environment, { warmup })];
      const explored = Array.from({ length: 60 }, () => {
        agent.act([x]);
        return agent.explore([x], [0])[0]![0]!;
      });
      expect(Math.max(...explored)).toBeGreaterThan(1);
      expect(Math.max(...explored.map(Math.abs))).toBeLessThanOrEqual(2);
      expect(Math.min(...explored)).toBeLessThan(-1);
      expect(explored).toEqual(Array.from({ length: 60 }, () => twin.explore([x], [0])[0]![0]));
    }
  });

  test('draws each number of each action anew', () => {
    const actionSpace = box({ low: -2, high: 2, length: 3 });
    const agent = agentFor({ ...environment, actionSpace }, { warmup: 0 });
    const explored = agent.explore([x, x], [0, 1]).flatMap((action) => Array.from(action));
    expect(explored.length).toBe(6);
    expect(new Set(explored).size).toBe(6);
  });

  test('acts by the mean', () => {
    const agent = agentFor(environment);
    const outputs = agent.learner.policy.apply(tf.tensor2d([[1]])).dataSync();
    expect(agent.act([x])[0]![0]).toBeCloseTo(2 * Math.tanh(outputs[0]!), 5);
  });
});

test('an actor elsewhere acts by the weights that it takes', async () => {
  const environment = oneStep(Random.fromSeed(2), (x, action) => -((action - x) ** 2));
  const agent = await trained(environment, 150);
  const elsewhere = agentFor(environment, { random: Random.fromSeed(2) });
  elsewhere.actor.takeWeights(agent.learner.weights());
  const x = [Float32Array.of(1), Float32Array.of(-1)];
  expect(elsewhere.act(x)).toEqual(agent.act(x));
  expect(() => elsewhere.actor.takeWeights([])).toThrow('weights: expected 6 arrays, got 0');
});

test('actions need finite bounds', () => {
  const actionSpace = box({ low: -1, high: Infinity, length: 1 });
  expect(() => agentFor({ ...chain(1), actionSpace })).toThrow(
    'actionSpace.high[0]: expected a finite bound, got Infinity',
  );
});
