import { gaussianNoise, train } from '@rl-recsys/agent';
import { DdpgAgent, SacAgent, td3 } from '@rl-recsys/ddpg';
import { pendulumV1 } from '@rl-recsys/examples/pendulum';
import { Random } from '@rl-recsys/random';
import { printLearningTable } from './learning-table.js';

const STEPS = 20_000;
/** What solves the task: published agents reach −152 ± 94 (DDPG), −152 ± 90 (TD3) and about −157 (SAC). */
const SOLVED = -200;

/** DDPG, TD3 and SAC on Pendulum-v1; it fails where a mean return is below −200. */
export async function benchPendulum({ seeds }: { seeds: readonly number[] }): Promise<void> {
  await printLearningTable(
    {
      ...{ name: 'Pendulum-v1', steps: STEPS, solved: SOLVED, makeEnvironment },
      algorithms: {
        DDPG: (seed) => trained(ddpg(seed), seed),
        TD3: (seed) => trained(ddpg(seed, td3(Random.fromSeed(seed).fork('target noise'))), seed),
        SAC: (seed) => trained(sac(seed), seed),
      },
    },
    seeds,
  );
}

const makeEnvironment = (seed: number) => pendulumV1({ random: Random.fromSeed(seed).fork('environment') });

/** What all of them are made from. */
function common(seed: number) {
  const { observationSpace, actionSpace } = makeEnvironment(seed);
  const random = Random.fromSeed(seed).fork('agent');
  const sizes = { hiddenSize: 64, batchSize: 64, warmup: 1000 };
  return { observationSpace, actionSpace, random, ...sizes, tau: 0.005, gamma: 0.98 };
}

function ddpg(seed: number, change: Partial<ReturnType<typeof td3>> = {}): DdpgAgent<Float32Array> {
  return new DdpgAgent({
    ...common(seed),
    ...{ actorLearningRate: 1e-3, criticLearningRate: 1e-3 },
    noise: gaussianNoise({ deviation: 0.1, random: Random.fromSeed(seed).fork('noise') }),
    ...change,
  });
}

function sac(seed: number): SacAgent<Float32Array> {
  return new SacAgent({ ...common(seed), learningRate: 1e-3 });
}

async function trained<A extends DdpgAgent<Float32Array> | SacAgent<Float32Array>>(
  agent: A,
  seed: number,
): Promise<A> {
  await train({ agent, environment: makeEnvironment(seed), steps: STEPS, seed });
  return agent;
}
