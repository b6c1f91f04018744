/**
 * What planning is worth: users whose mood is spoiled by what they like at once, shown items by a greedy rule that knows all of their state, by the
 * best plan, and by DRR, which knows what they saw; it is trained for a seventh of the steps that it would get.
 */
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { train } from '@rl-recsys/agent';
import { residualInSimulator } from '@rl-recsys/drr';
import { createEmbeddingTable } from '@rl-recsys/embeddings';
import { Random } from '@rl-recsys/random';
import {
  greedyTastePolicy,
  measureSessions,
  movingTasteEnvironment,
  movingTasteTypes,
} from '@rl-recsys/simulators';
import {
  randomTastePolicy,
  SessionPlanner,
  sessionValue,
  trueVectors,
  type TastePolicy,
} from '@rl-recsys/simulators';
import { installFastKernels } from '@rl-recsys/wasm-kernels';

await tf.setBackend('wasm');
await installFastKernels();

const random = Random.fromSeed(1);
const world = movingTasteTypes({ users: 40, random: random.fork('world') });
const everybody = Array.from({ length: world.userCount }, (_, user) => user);
const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
const worth = (policy: TastePolicy) =>
  mean(everybody.map((user) => sessionValue(world, user, policy).reward));

console.log(`anything: ${worth(randomTastePolicy(random.fork('anything'))).toFixed(2)}`);
console.log(`best at once: ${worth(greedyTastePolicy(world)).toFixed(2)}`);
console.log(`best plan: ${worth(new SessionPlanner(world).policy).toFixed(2)}`);

const vectors = trueVectors(world);
const [users, items] = [vectors.users, vectors.items].map(({ vectors: rows, size }) =>
  createEmbeddingTable(rows, size),
);
const { agent, environment, steps } = residualInSimulator({
  ...{ users: users!, items: items!, historySize: 10, random: random.fork('agent') },
  blocks: [{ name: 'taste', start: 0, size: items!.size }],
  makeEnvironment: (session) =>
    movingTasteEnvironment({ world, historySize: 10, random: random.fork(`session ${session}`) }),
  steps: 12_800, // 96,000 by default
});
await train({ agent, environment, steps });
const played = { world, historySize: 10, users: everybody, sessions: 2, random: random.fork('measuring') };
const learned = measureSessions(agent.policy(), played).map(({ reward }) => reward);
console.log(`DRR, briefly trained: ${mean(learned).toFixed(2)}`);
