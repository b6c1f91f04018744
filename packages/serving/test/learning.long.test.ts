import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import '@tensorflow/tfjs-backend-wasm';
import { installFastKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { learnPolicy, nearStep, partOfLog, sessionLog } from '../src/learning.js';
import { actionsOf } from '../src/learning/near-step.js';
import { played } from './played.js';
import { toyRecommender } from './toy.js';

await tf.setBackend('wasm');
await installFastKernels({ threads: 1 }); // learning takes minutes without them

const recommender = toyRecommender(1, { rewardsInState: true });
const log = sessionLog(await played(recommender, 60), recommender);

test('learning goes on and can be repeated, a step towards it is judged, and no tensor is left', () => {
  const learned = partOfLog(log, (session) => session % 2 === 0);
  const judging = partOfLog(log, (session) => session % 2 === 1);
  const before = tf.memory().numTensors;
  const learn = () => learnPolicy(recommender, learned, { updates: 104, random: Random.fromSeed(1) });
  const [fresh, again] = [learn(), learn()];
  expect(actionsOf(again, judging)).toEqual(actionsOf(fresh, judging));
  expect(actionsOf(fresh, judging)).not.toEqual(actionsOf(recommender, judging));
  const step = nearStep({ serving: recommender, fresh, learned, judging, random: Random.fromSeed(2) });
  expect(step.share).toBeGreaterThan(0);
  // Thirty sessions are never enough to publish by.
  expect(step).toMatchObject({ publish: false, gain: { overlap: { units: 30 } } });
  expect(step.reasons[0]).toMatch(/not enough overlap/);
  const [from, to] = [actionsOf(recommender, judging), actionsOf(fresh, judging)];
  for (const [at, value] of actionsOf(step.recommender!, judging).entries()) {
    expect(value).toBeCloseTo((1 - step.share) * from[at]! + step.share * to[at]!, 4);
  }
  expect(tf.memory().numTensors).toBe(before);
});
