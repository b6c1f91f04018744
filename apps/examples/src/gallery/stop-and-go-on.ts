/** Training that is stopped, and goes on in another agent as if it had not been: the weights are the same, to the bit. */
import { createHash } from 'node:crypto';
import '@tensorflow/tfjs-backend-cpu';
import { train } from '@rl-recsys/agent';
import { Checkpoints } from '@rl-recsys/checkpoint';
import { SacAgent } from '@rl-recsys/ddpg';
import { spacesOf } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import { encodeSaved, memoryStorage } from '@rl-recsys/storage';
import { pendulumV1 } from '../pendulum.js';

const make = () => {
  const environment = pendulumV1({ random: Random.fromSeed('pendulum') });
  const small = { hiddenSize: 16, batchSize: 16, warmup: 100 };
  return {
    environment,
    agent: new SacAgent({ ...spacesOf(environment), ...small, random: Random.fromSeed(1) }),
  };
};
const fingerprint = (agent: SacAgent<Float32Array>) =>
  createHash('sha256').update(encodeSaved(agent.state())).digest('hex').slice(0, 16);

const whole = make();
await train({ ...whole, steps: 400, seed: 1 });
console.log(`never stopped: ${fingerprint(whole.agent)}`);

const checkpoints = new Checkpoints({ storage: memoryStorage() }); // a folder, in earnest
const stopping = new AbortController();
const stopped = make();
const steps = await train({
  ...{ ...stopped, steps: 400, seed: 1, signal: stopping.signal },
  onMetrics: ({ step }) => {
    if (step >= 200) stopping.abort(); // Ctrl-C, say
  },
  checkpoints: {
    isDue: () => false, // only where it ends
    save: async (state, step) => void (await checkpoints.save(state, { step })),
  },
});
console.log(`stopped after ${steps} steps: ${fingerprint(stopped.agent)}`);

const { checkpoint } = await checkpoints.newest();
const another = make();
await train({ ...another, steps: 400, resume: () => checkpoint!.state });
console.log(`gone on from there: ${fingerprint(another.agent)}`);
