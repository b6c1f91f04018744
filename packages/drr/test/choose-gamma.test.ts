import { expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs-core';
import { train } from '@rl-recsys/agent';
import { Random } from '@rl-recsys/random';
import { chooseGamma, gatedFromLog } from '../src/index.js';
import { log } from './gated/toy.js';
import './on-wasm.js';

/** What agents are worth to four users, by their γ. */
const worth: Record<number, readonly number[]> = {
  0: [1, 2, 3, 4],
  0.3: [3, 5, 5, 7], // 2, 3, 2, 3 more: 2.5 ± .289
  0.5: [2, 3, 4, 5], // 1 more for everybody
  0.9: [0, 2, 3, 13], // 2 more, but by one user alone: ± 2.35
};
const worthOf = (gamma: number) => Promise.resolve(worth[gamma]!);

test('the γ that earns most is taken, and what each earned is told with its standard error', async () => {
  const { gamma, tried } = await chooseGamma([0.5, 0.3, 0.9], worthOf);
  expect(gamma).toBe(0.3);
  expect(tried.map(({ gain }) => gain)).toEqual([1, 2.5, 2]);
  expect(tried[0]!.error).toBe(0);
  expect(tried[1]!.error).toBeCloseTo(Math.sqrt(1 / 3 / 4), 12);
  expect(tried[2]!.error).toBeCloseTo(Math.sqrt(22 / 4), 12);
});

test.each<[string, number[]]>([
  ['what earns more may be chance', [0.9]],
  ['nothing is tried beside it', []],
])('γ stays 0 where %s', async (_, gammas) => {
  expect((await chooseGamma(gammas, worthOf)).gamma).toBe(0);
});

test('others who are judged by are refused', async () => {
  const others = (gamma: number) => Promise.resolve(gamma === 0 ? [1, 2] : [1]);
  await expect(chooseGamma([0.5], others)).rejects.toThrow('worthOf(0.5): expected 2 values as of 0, got 1');
});

test('on a log it is chosen by users who are not learned from, and then trained with', async () => {
  const sizes = { historySize: 3, hiddenSize: 4, candidateCount: 6, batchSize: 4 };
  const small = { ...sizes, steps: 64 * 6, sessionLength: 2 };
  const { numTensors } = tf.memory();
  const tries = new Set<string>();
  const made = await gatedFromLog(log, {
    ...{ ...small, gamma: 'auto', random: Random.fromSeed(1) },
    onTry: (done, total) => tries.add(`${done}/${total}`),
  });
  expect(made.lookingAhead!.tried.map(({ gamma }) => gamma)).toEqual([0.5]);
  expect([...tries]).toEqual(['64/192', '96/192', '160/192', '192/192']); // where episodes end
  const chosen = await gatedFromLog(log, {
    ...{ ...small, gamma: made.lookingAhead!.gamma },
    random: Random.fromSeed(1),
  });
  // Trying changes nothing of the run that follows.
  for (const { agent, environment, steps } of [made, chosen]) await train({ agent, environment, steps });
  expect(made.agent.learner.state()).toEqual(chosen.agent.learner.state());
  expect(made.agent.judgedGains().every((gain) => gain >= 0 && gain <= 1)).toBe(true);
  made.agent.dispose();
  chosen.agent.dispose();
  expect(tf.memory().numTensors).toBe(numTensors);
}, 60_000);
