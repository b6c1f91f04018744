// What each half of the default agent takes of a processor where users are simulated, and what that says of many actors.
//
//   npm run halves:cluster -- --steps 12800 [--gradients]
import process from 'node:process';
import { parseArgs } from 'node:util';
import { train } from '@rl-recsys/agent';
import { encodeWeights, RoundCodec } from '@rl-recsys/distributed';
import { fitPlanningBlocks, planningGates, residualInSimulator } from '@rl-recsys/drr';
import { Random } from '@rl-recsys/random';
import { movingTasteEnvironment, simulatedLog, simulatedWorld } from '@rl-recsys/simulators';
import { installFastKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '12800' },
    /** Updates by TensorFlow.js's gradients, as before there was one by hand. */
    gradients: { type: 'boolean', default: false },
  },
});
const steps = Number(values.steps);
tf.enableProdMode();
await tf.setBackend('wasm');
await installFastKernels({ threads: 1 });
const random = Random.fromSeed(1);
const { log } = simulatedLog(1);
const { world, trained } = simulatedWorld(1);
const { users, items, blocks } = fitPlanningBlocks(log, random.fork('embeddings'));
const { agent, environment } = residualInSimulator({
  ...{ users, items, blocks, gates: planningGates, steps, random },
  ...(values.gradients && { fusedStep: false }),
  makeEnvironment: (session) =>
    movingTasteEnvironment({ world, users: trained, historySize: 10, random: random.fork(String(session)) }),
  historySize: 10,
});

const codec = new RoundCodec(agent.fields);
const taken = { exploring: 0, collecting: 0, encoding: 0, decoding: 0, storing: 0, learning: 0 };
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const timed = (name, work) => {
  const before = cpu();
  const result = work();
  taken[name] += cpu() - before;
  return result;
};
let [updates, rounds, bytes, learned] = [0, 0, 0, 0];
const cut = {
  act: (observations) => agent.act(observations),
  explore: (observations, sessions) => timed('exploring', () => agent.explore(observations, sessions)),
  observe(round) {
    const transitions = timed('collecting', () => agent.collect(round));
    const whole = { steps: 128, transitions, rewards: round.map(({ reward }) => reward), episodes: [] };
    const encoded = timed('encoding', () => codec.encode(whole));
    const decoded = timed('decoding', () => codec.decode(encoded));
    timed('storing', () => agent.store(decoded.transitions));
    rounds += 1;
    bytes += encoded.length;
    if (agent.canLearn) learned += 1;
    for (let update = 0; agent.canLearn && update < agent.pace.updates; update++) {
      timed('learning', () => agent.update());
      updates += 1;
    }
    return [];
  },
};
const before = cpu();
await train({ agent: cut, environment, steps });
const all = cpu() - before;
const inAll = Object.values(taken).reduce((sum, each) => sum + each, 0);
const perStep = 128 * rounds;
const acting = (taken.exploring + taken.collecting + taken.encoding + (all - inAll)) / perStep;
const reading = (taken.decoding + taken.storing) / perStep;
const learning = taken.learning / (128 * learned);
console.log(
  `an update ${(taken.learning / updates).toFixed(2)} ms, ${agent.pace.updates} of them for 128 steps: ${learning.toFixed(3)} ms a step`,
);
console.log(
  `an actor ${acting.toFixed(3)} ms a step, of which users take ${((all - inAll) / perStep).toFixed(3)}; reading ${reading.toFixed(4)} ms a step`,
);
console.log(
  `a round ${(bytes / rounds / 1024).toFixed(1)} KiB, weights ${(encodeWeights(agent.weights()).length / 1024).toFixed(1)} KiB`,
);
const most = 1000 / (learning + reading);
console.log(
  `a learner takes ${most.toFixed(0)} steps/s; ${Math.ceil((most * acting) / 1000)} actors fill it where a step takes an actor nothing but that`,
);
for (const actors of [64, 1000]) {
  const rate = most / actors;
  console.log(
    `${actors} actors are not held up where each makes ${rate.toFixed(1)} steps/s or fewer: a step of ${(1000 / rate).toFixed(0)} ms and one session, or of ${((128 * 1000) / rate / 1000).toFixed(1)} s and 128`,
  );
}
