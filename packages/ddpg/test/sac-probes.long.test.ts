import { Random } from '@rl-recsys/random';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from '@jest/globals';
import type { SacAgent } from '../src/index.js';
import { chain, oneStep } from './probes.js';
import { trained, type Options } from './toy-sac.js';
import './on-wasm.js';

/** Q of the agent's best action at x by each critic. */
function valuesAt(agent: SacAgent<Float32Array>, x: number): number[] {
  const [action] = agent.act([Float32Array.of(x)]);
  const state = tf.tensor2d([[x, action![0]! / 2]]); // the box is −2 to 2
  return agent.learner.critics.map((critic) => critic.apply(state).dataSync()[0]!);
}

const sampled = (agent: SacAgent<Float32Array>) => {
  const batch = agent.replay.createBatch(32);
  agent.replay.sample(batch, { beta: 1 });
  return batch;
};

describe('probes with known answers', () => {
  const random = () => Random.fromSeed(2);

  test('a reward that ends the episode is worth itself, told apart by what is seen', async () => {
    const agent = await trained(
      oneStep(random(), (x) => x),
      350,
    );
    for (const x of [-1, 1]) {
      for (const value of valuesAt(agent, x)) expect(Math.abs(value - x)).toBeLessThan(0.15);
    }
  });

  test.each([1, 3])(
    'a reward two steps later is worth γ² and entropy, with %s-step returns',
    async (returnSteps) => {
      const agent = await trained(chain(3), 450, { returnSteps });
      const { temperature, entropy } = agent.learner.learn(sampled(agent)).figures;
      // What is earned by entropy on the way lies between 0 and its share at every bootstrap.
      for (const value of valuesAt(agent, -1)) {
        expect(value).toBeGreaterThan(0.81 - 0.15);
        expect(value).toBeLessThan(0.81 + 0.15 + 2 * temperature! * Math.abs(entropy!));
      }
    },
  );

  test.each<[string, Options]>([
    ['replayed uniformly', {}],
    ['replayed by priority', { prioritized: {} }],
  ])('a reward that depends on the action is sought, %s', async (_, options) => {
    const environment = oneStep(random(), (x, action) => -10 * (action - x) ** 2);
    const agent = await trained(environment, 700, options);
    for (const x of [-1, 1]) expect(Math.abs(agent.act([Float32Array.of(x)])[0]![0]! - x)).toBeLessThan(0.3);
  });
});
