// One process of a proof: `learner FOLDER`, `actor NUMBER`, or `leftover`, by what the environment says.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { evaluateAgent } from '@rl-recsys/agent';
import { Checkpoints } from '@rl-recsys/checkpoint';
import { DdpgAgent, td3 } from '@rl-recsys/ddpg';
import {
  actForLearner,
  ActorPort,
  keysOf,
  learnFromActors,
  openRedis,
  takeSeat,
} from '@rl-recsys/distributed';
import { wrap } from '@rl-recsys/environment';
import { pendulumV1 } from '@rl-recsys/examples/pendulum';
import { forkStreams, Random } from '@rl-recsys/random';
import { folderStorage } from '@rl-recsys/storage/folder';
import { installFastKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { withLedger } from './ledger.mjs';

const [role, which] = process.argv.slice(2);
const { REDIS, SEED = '1', STEPS = '20000', DELAY = '0', LEASE = '3000', WARMUP = '1000' } = process.env;
const keys = keysOf('proof');
const run = `proof-${SEED}`;

await tf.setBackend('wasm');
await installFastKernels({ threads: 1 });
const pendulum = () => pendulumV1({ random: Random.fromSeed(`pendulum ${SEED}`) });
const { observationSpace, actionSpace } = pendulum();
const random = Random.fromSeed(Number(SEED)).fork('agent');
const agent = withLedger(
  new DdpgAgent({
    ...{ observationSpace, actionSpace, batchSize: 64, gamma: 0.99, hiddenSize: 64, warmup: Number(WARMUP) },
    ...{ random, actorLearningRate: 1e-3, tau: 0.005, ...td3(random.fork('target noise')) },
  }),
  role === 'actor' ? Number(which) : 0,
);
const redis = await openAgain();

if (role === 'leftover') {
  const entries = await redis.xrange(keys.rounds, '-', '+');
  // An actor's rounds are of one transition each, so that its numbers are those of its rounds.
  const whose = entries.map(([, [, actor, , sequence]]) => [
    Number(actor.slice('actor-'.length)),
    Number(sequence),
  ]);
  process.stdout.write(JSON.stringify(whose));
} else if (role === 'actor') {
  const port = new ActorPort({ redis, keys, run, actor: `actor-${which}` });
  agent.restore(forkStreams(agent.state(), `actor ${which}`));
  const push = port.push.bind(port);
  let acknowledged = 0;
  port.push = async (bytes, weights) => {
    const facts = await push(bytes, weights);
    // A round of one session is one transition; at the end Redis takes none any more.
    if (!facts.over) process.stdout.write(`${which} ${(acknowledged += 1)}\n`);
    return facts;
  };
  const environment = pendulum();
  const slow = wrap(environment, {
    step: async (action) => {
      await new Promise((resolve) => setTimeout(resolve, Number(DELAY)));
      return environment.step(action);
    },
  });
  await actForLearner({
    agent,
    environment: Number(DELAY) > 0 ? slow : environment,
    port,
    seed: 1000 * Number(which),
  });
} else {
  const epochs = readdirSync(which)
    .filter((name) => name.startsWith('epoch-'))
    .map((name) => Number(name.slice(6)));
  const leastEpoch = Math.max(0, ...epochs);
  const seat = await takeSeat({ redis, keys, run, lease: Number(LEASE), leastEpoch });
  let resume;
  for (const epoch of epochs.sort((one, other) => other - one)) {
    resume = (await new Checkpoints({ storage: folderStorage(join(which, `epoch-${epoch}`)) }).newest())
      .checkpoint?.state;
    if (resume) break;
  }
  const checkpoints = new Checkpoints({ storage: folderStorage(join(which, `epoch-${seat.epoch}`)) });
  let last = performance.now();
  const [cpu, startedAt] = [process.cpuUsage(), performance.now()];
  const staleness = [];
  await learnFromActors({
    ...{ agent, seat, steps: Number(STEPS), ...(resume && { resume }) },
    checkpoints: {
      isDue: () => performance.now() - last > 500,
      async save(state, step) {
        await checkpoints.save(state, { step });
        last = performance.now();
      },
    },
    onMetrics: ({ step, figures }) => {
      staleness.push(figures.staleness);
      process.stdout.write(`step ${step} ${performance.now()}\n`);
    },
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const returns = await evaluateAgent({ environment: pendulum(), agent, episodes: 20, seed: 1_000_000 });
  const mean = returns.reduce((sum, each) => sum + each, 0) / returns.length;
  const figures = { mean, seconds, cpuSeconds: (user + system) / 1e6, staleness: average(staleness) };
  process.stdout.write(`done ${JSON.stringify({ ...figures, ledger: [...agent.ledger] })}\n`);
  await seat.leave();
}
redis.disconnect();

/** A host may be started while another one is not there. */
async function openAgain() {
  for (;;) {
    try {
      return await openRedis(REDIS);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

function average(values) {
  const known = values.filter((value) => value !== null && value !== undefined);
  return known.length === 0 ? null : known.reduce((sum, each) => sum + each, 0) / known.length;
}
