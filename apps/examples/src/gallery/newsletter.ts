/**
 * A custom environment: whether to send a newsletter this week.
 *
 * Seen: how interested the reader is, from 0 to 1. Done: 0 waits, 1 sends. Earned: what a letter sells, which is the reader's interest. Each
 * letter takes half of the interest, each week without one brings a part of it back. Sending every week earns more at once, and less in a year.
 */
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { evaluateAgent, train, type Agent } from '@rl-recsys/agent';
import { DqnAgent } from '@rl-recsys/ddpg';
import { assertEnvironment, box, discrete, spacesOf, type Environment } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { installFastKernels } from '@rl-recsys/wasm-kernels';

const WEEKS = 52;

function newsletter(): Environment<Float32Array, number> {
  let random = Random.fromSeed('newsletter');
  let [interest, week] = [0, WEEKS]; // not begun
  const observe = () => Float32Array.of(interest);
  return {
    observationSpace: box({ low: 0, high: 1, length: 1 }),
    actionSpace: discrete(2),
    reset({ seed } = {}) {
      if (seed !== undefined) random = Random.fromSeed(seed);
      [interest, week] = [random.uniform(), 0];
      return { observation: observe(), info: {} };
    },
    step(sends) {
      if (week === WEEKS) throw new Error('step: expected reset first');
      const reward = sends === 1 ? interest - 0.15 : 0; // a letter costs something, too
      interest = sends === 1 ? 0.5 * interest : Math.min(1, interest + 0.25 * (1 - interest));
      week += 1;
      return { observation: observe(), reward, terminated: week === WEEKS, truncated: false, info: {} };
    },
  };
}

await assertEnvironment(newsletter);
await tf.setBackend('wasm');
await installFastKernels();

const environment = newsletter();
const small = { hiddenSize: 32, batchSize: 32, learningRate: 1e-3, warmup: 500, gamma: 0.95 };
const agent = new DqnAgent({ ...spacesOf(environment), ...small, epsilon: 0.2, random: Random.fromSeed(1) });
await train({ agent, environment, steps: 6000 });

const year = async (agent: Agent<Float32Array, number>) => {
  const returns = await evaluateAgent({ environment, agent, episodes: 20, seed: 7 });
  return returns.reduce((sum, each) => sum + each, 0) / returns.length;
};
const always: Agent<Float32Array, number> = {
  act: (seen) => seen.map(() => 1),
  explore: (seen) => seen.map(() => 1),
  observe: () => [],
};
console.log(`every week: ${(await year(always)).toFixed(2)}`);
console.log(`learned: ${(await year(agent)).toFixed(2)}`);
