// Trains small agents of every kind in a process of its own, from the checkpoint that is there up to a share of the way.
//
//   node train-in-process.mjs <cpu|wasm> <threads> <folder> <share>
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { train } from '@rl-recsys/agent';
import { Checkpoints } from '@rl-recsys/checkpoint';
import { DdpgAgent, DqnAgent, SacAgent, td3 } from '@rl-recsys/ddpg';
import {
  drrFromLog,
  fitPlanningBlocks,
  planningGates,
  residualFromLog,
  residualInSimulator,
} from '@rl-recsys/drr';
import { cartPoleV1 } from '@rl-recsys/examples/cart-pole';
import { pendulumV1 } from '@rl-recsys/examples/pendulum';
import { spacesOf } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import {
  movingTasteCatalogue,
  movingTasteEnvironment,
  movingTasteLog,
  syntheticRatingLog,
} from '@rl-recsys/simulators';
import { folderStorage } from '@rl-recsys/storage/folder';
import { installFastKernels } from '@rl-recsys/wasm-kernels';

const [backend, threads, folder, share] = process.argv.slice(2);
tf.enableProdMode();
await tf.setBackend(backend);
if (backend === 'wasm') await installFastKernels({ threads: Number(threads) });

const seeded = (label) => Random.fromSeed(label);
const small = { hiddenSize: 8, batchSize: 16, warmup: 20 };
const log = syntheticRatingLog({ users: 40, items: 64, ratingsPerUser: 14, random: seeded('log') });

const kinds = {
  'the default run'() {
    const world = movingTasteCatalogue({ users: 20, items: 80, random: seeded('world') });
    const rated = movingTasteLog({ world, sessionsPerUser: 2, random: seeded('rated') });
    const { users, items, blocks } = fitPlanningBlocks(rated, seeded('blocks'));
    return residualInSimulator({
      ...{ users, items, blocks, gates: planningGates, steps: 4 * 30, sessions: 4, historySize: 6 },
      ...{ candidateCount: 8, hiddenSize: 8, batchSize: 8, updates: 5, random: seeded('default') },
      makeEnvironment: (session) =>
        movingTasteEnvironment({ world, historySize: 6, random: seeded(`session ${session}`) }),
    });
  },
  'residual, prioritized': () =>
    residualFromLog(log, {
      ...{ steps: 64 * 12, historySize: 3, hiddenSize: 8, candidateCount: 6, batchSize: 8, updates: 4 },
      prioritized: {},
      random: seeded('residual'),
    }),
  'paper, prioritized': () =>
    drrFromLog(log, { steps: 80, embeddingSize: 4, hiddenSize: 8, batchSize: 8, random: seeded('paper') }),
  TD3() {
    const environment = pendulumV1({ random: seeded('pendulum') });
    const agent = new DdpgAgent({
      ...spacesOf(environment),
      ...small,
      random: seeded('TD3'),
      ...td3(seeded('smoothing')),
    });
    return { agent, environment, steps: 230 };
  },
  SAC() {
    const environment = pendulumV1({ random: seeded('pendulum') });
    return {
      agent: new SacAgent({ ...spacesOf(environment), ...small, random: seeded('SAC') }),
      environment,
      steps: 60,
    };
  },
  DQN() {
    const environment = cartPoleV1({ random: seeded('cart') });
    return {
      agent: new DqnAgent({ ...spacesOf(environment), ...small, random: seeded('DQN') }),
      environment,
      steps: 90,
    };
  },
};

for (const [name, make] of Object.entries(kinds)) {
  const { agent, environment, steps } = make();
  const checkpoints = new Checkpoints({ storage: folderStorage(join(folder, name)), keep: 1 });
  const { checkpoint } = await checkpoints.newest();
  const abort = new globalThis.AbortController();
  const begun = performance.now();
  await train({
    ...{ agent, environment, steps, signal: abort.signal },
    ...(checkpoint && { resume: checkpoint.state }),
    checkpoints: {
      isDue(step) {
        if (step >= Number(share) * steps) abort.abort();
        return false;
      },
      save: (state, step) => checkpoints.save(state, { step }),
    },
  });
  if (process.env.DEBUG) console.log(name, (performance.now() - begun).toFixed(0), 'ms');
}
