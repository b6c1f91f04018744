import { activeKernels, FastKernels, installFastKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { expect, test } from '@jest/globals';
import { FusedUpdate } from '../../src/residual/fused/fused-update.js';
import { FusedRewardUpdate } from '../../src/reward-model/fused-reward-update.js';
import { toyModel } from '../reward-model/toy.js';
import { sampleOf, toyLearner } from './toy.js';

await tf.setBackend('wasm');
const { active, threads } = await installFastKernels({ threads: 2 });

test('two threads give the bits of one', () => {
  expect({ active, threads }).toEqual({ active: true, threads: 2 });
  const two = activeKernels()!;
  const alone = new FastKernels(
    two['backend'],
    two['memory'] as { readonly buffer: ArrayBuffer },
    two.exports,
  );
  const [states, results] = [[], []] as unknown[][];
  for (const fast of [alone, two]) {
    const learner = toyLearner({ hiddenSize: 64 });
    const batch = sampleOf(learner, 64);
    learner.prepare(batch);
    const update = new FusedUpdate(fast, learner['parts'], 64);
    for (let step = 0; step < 105; step++) results!.push(update.learn(batch));
    states!.push(learner.state());
    const model = toyModel({ hiddenSize: 64 });
    model.prepare(batch);
    const ofModel = new FusedRewardUpdate(fast, model['parts'], 64);
    for (let step = 0; step < 20; step++) results!.push(ofModel.learn(batch));
    states!.push(model.state());
    for (const each of [update, ofModel]) each.free();
    for (const each of [learner, model]) each.dispose();
  }
  expect(states!.slice(2)).toEqual(states!.slice(0, 2));
  expect(results!.slice(125)).toEqual(results!.slice(0, 125));
});
