import { evaluateAgent, gaussianNoise, train } from '@rl-recsys/agent';
import { DdpgAgent, td3 } from '@rl-recsys/ddpg';
import { pendulumV1 } from '@rl-recsys/examples/pendulum';
import { Random } from '@rl-recsys/random';
import { installFastKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import Table from 'cli-table3';
import { mean, sampleStandardDeviation } from 'simple-statistics';

const STEPS = 20_000;
const EPISODES = 100;
/** What solves the task: published agents reach −152 ± 94 (DDPG) and −152 ± 90 (TD3). */
const SOLVED = -200;

type Algorithm = 'DDPG' | 'TD3';

/**
 * Trains each algorithm with each seed, prints the table, and fails where a mean return is below −200.
 *
 * Evaluation episodes begin from seeds of their own, the same for all.
 */
export async function benchPendulum({ seeds }: { seeds: readonly number[] }): Promise<void> {
  tf.enableProdMode();
  await tf.setBackend('wasm');
  await installFastKernels({ relaxedSimd: false }); // the same figures on every machine
  const table = new Table({
    head: ['algorithm', 'seed', 'mean return', 'deviation', 'seconds'],
    style: { head: [], border: [] },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' }, // no lines between rows
  });
  const means = [];
  for (const algorithm of ['DDPG', 'TD3'] as const) {
    for (const seed of seeds) {
      const { returns, seconds } = await trainAndEvaluate(algorithm, seed);
      const average = mean(returns);
      const deviation = sampleStandardDeviation(returns);
      means.push(average);
      table.push([algorithm, seed, average.toFixed(1), deviation.toFixed(1), seconds.toFixed(0)]);
      console.error(`${algorithm} seed ${seed}: ${average.toFixed(1)} ± ${deviation.toFixed(1)}`);
    }
  }
  console.log(
    `Pendulum-v1, ${STEPS} steps, ${EPISODES} evaluation episodes, tfjs ${tf.version_core} wasm, node ${process.version}`,
  );
  console.log(table.toString());
  const solved = means.filter((average) => average >= SOLVED).length;
  console.log(`${solved} of ${means.length} reach a mean return of ${SOLVED}`);
  if (solved < means.length) process.exitCode = 1;
}

async function trainAndEvaluate(
  algorithm: Algorithm,
  seed: number,
): Promise<{ returns: number[]; seconds: number }> {
  const random = Random.fromSeed(seed);
  const environment = pendulumV1({ random: random.fork('environment') });
  const agent = new DdpgAgent({
    observationSpace: environment.observationSpace,
    actionSpace: environment.actionSpace,
    random: random.fork('agent'),
    hiddenSize: 64,
    batchSize: 64,
    actorLearningRate: 1e-3,
    criticLearningRate: 1e-3,
    tau: 0.005,
    gamma: 0.98,
    warmup: 1000,
    noise: gaussianNoise({ deviation: 0.1, random: random.fork('noise') }),
    ...(algorithm === 'TD3' ? td3(random.fork('target noise')) : {}),
  });
  const startedAt = performance.now();
  await train({ environment, agent, steps: STEPS, seed });
  const seconds = (performance.now() - startedAt) / 1000;
  const returns = await evaluateAgent({ environment, agent, episodes: EPISODES, seed: 1_000_000 });
  agent.dispose();
  return { returns, seconds };
}
