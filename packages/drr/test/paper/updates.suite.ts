import * as tf from '@tensorflow/tfjs-core';
import { td3 } from '@rl-recsys/ddpg';
import { Random } from '@rl-recsys/random';
import { stateLayers } from '@rl-recsys/state';
import { closeTo } from '@rl-recsys/testing';
import { describe, expect, test } from '@jest/globals';
import type { DrrLearner } from '../../src/index.js';
import { observe, parts, toyLearner, toyReplay, weightsOf } from './toy-learner.js';

/** The weights of both networks and of their targets. */
export const everyWeight = (learner: DrrLearner) =>
  parts.flatMap((part) => [...weightsOf(learner, part), ...weightsOf(learner, part, 'targets')]);

/** What `learn` does for so many batches, and what comes out of it. */
async function learned(updates: number, backend: string, options: Parameters<typeof toyLearner>[0]) {
  await tf.setBackend(backend);
  const learner = toyLearner({ tau: 0.05, actorLearningRate: 1e-3, ...options });
  const replay = toyReplay(learner);
  const batch = replay.createBatch(8);
  const losses = [];
  for (let step = 0; step < updates; step++) {
    replay.sample(batch, { beta: 0.5 });
    const { figures, tdErrors } = learner.learn(batch);
    losses.push(figures['criticLoss']!, figures['actorLoss'] ?? 1); // not each update's turn, where TD3 delays it
    replay.updatePriorities(batch.ids, tdErrors);
  }
  const result = {
    losses,
    weights: everyWeight(learner),
    action: Array.from(learner.policyNetwork.act(observe())),
  };
  learner.dispose();
  await tf.setBackend('wasm');
  return result;
}

/**
 * The largest relative difference. Policy losses cross zero: below 1e-3, a hundredth of what they are
 * elsewhere, differences are taken relative to that, since nothing but float32's rounding is left there.
 */
function largestDifference(losses: readonly number[], expected: readonly number[]): number {
  const relative = losses.map(
    (loss, at) => Math.abs(loss - expected[at]!) / Math.max(Math.abs(expected[at]!), 1e-3),
  );
  return Math.max(...relative);
}

/** What fast kernels must do for so many updates; they are installed by who calls it. */
export function testUpdates(updates: number): void {
  describe.each(['actor', 'critic', 'both'] as const)('with signal %s', (encoderSignal) => {
    test('losses, weights and actions are those of the cpu backend, by autograd and in one go', async () => {
      const expected = await learned(updates, 'cpu', { encoderSignal });
      for (const fusedStep of [false, true]) {
        const { losses, weights, action } = await learned(updates, 'wasm', { encoderSignal, fusedStep });
        expect(largestDifference(losses, expected.losses)).toBeLessThan(1e-3);
        expect(weights).toEqual(closeTo(expected.weights, 3));
        expect(action).toEqual(closeTo(expected.action, 4));
      }
    });
  });

  test.each(['gru', 'transformer'] as const)(
    'a %s as state module learns the same by hand as by autograd, of both losses',
    async (name) => {
      const options = { encoderSignal: 'both', stateLayer: stateLayers[name] } as const;
      const expected = await learned(updates, 'wasm', { ...options, fusedStep: false });
      const { losses, weights, action } = await learned(updates, 'wasm', options);
      expect(largestDifference(losses, expected.losses)).toBeLessThan(2e-4);
      expect(weights).toEqual(closeTo(expected.weights, 4));
      expect(action).toEqual(closeTo(expected.action, 4));
    },
  );

  test('with two critics, as TD3, losses and actions are those of the cpu backend too', async () => {
    const expected = await learned(updates, 'cpu', td3(Random.fromSeed('smoothing')));
    for (const fusedStep of [false, true]) {
      const { losses, action } = await learned(updates, 'wasm', {
        ...td3(Random.fromSeed('smoothing')),
        fusedStep,
      });
      expect(largestDifference(losses, expected.losses)).toBeLessThan(1e-3);
      expect(action).toEqual(closeTo(expected.action, 4));
    }
    const learner = toyLearner({ criticCount: 2 });
    const [first, second] = learner.actorCritic.networks.critics.map((critic) =>
      critic.getWeights()[0]!.dataSync(),
    );
    expect(first).not.toEqual(second);
    learner.dispose();
  });
}
