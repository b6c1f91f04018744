import { train } from '@rl-recsys/agent';
import { activeKernels, FastKernels, installFastKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { expect, test } from '@jest/globals';
import { FusedUpdate } from '../../src/gated/fused/fused-update.js';
import { toyGated } from './toy.js';

await tf.setBackend('wasm');
const { active, threads } = await installFastKernels({ threads: 2 });

test('two threads give the bits of one', async () => {
  expect({ active, threads }).toEqual({ active: true, threads: 2 });
  const two = activeKernels()!;
  const memory = two['memory'] as { readonly buffer: ArrayBuffer };
  const alone = new FastKernels(two['backend'], memory, two.exports);
  const { agent, environment } = toyGated({ steps: 64 * 400, gamma: 0.5, hiddenSize: 64 });
  await train({ agent, environment, steps: 64 * 10, seed: 1 });
  const [before, batch] = [agent.learner.state(), agent.replay.createBatch(64)];
  agent.replay.sample(batch, { beta: 1 });
  const [first, second] = [alone, two].map((fast) => {
    agent.learner.restore(before);
    const update = new FusedUpdate(fast, agent.learner['parts'], 64);
    const results = Array.from({ length: 155 }, () => update.learn(batch));
    update.free();
    return { results, state: agent.learner.state() };
  });
  expect(second).toEqual(first);
  expect(first!.results.at(-1)!.figures['actorLoss']).toBeDefined();
  agent.dispose();
});
