import { evaluateAgent, type Agent } from '@rl-recsys/agent';
import type { Environment } from '@rl-recsys/environment';
import { installFastKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import Table from 'cli-table3';
import { mean, sampleStandardDeviation } from 'simple-statistics';

const EPISODES = 100;

/** A task with published results, and the agents that must reach them. */
export interface LearningTask<Observation, Action> {
  readonly name: string;
  readonly steps: number;
  /** The mean return that solves it. */
  readonly solved: number;
  readonly makeEnvironment: (seed: number) => Environment<Observation, Action>;
  /** Trains an agent of each algorithm from a seed. */
  readonly algorithms: Readonly<
    Record<string, (seed: number) => Promise<Agent<Observation, Action> & { dispose(): void }>>
  >;
}

/**
 * Trains each algorithm with each seed, prints the table, and fails where a mean return does not solve the task.
 *
 * Evaluation episodes begin from seeds of their own, the same for all.
 */
export async function printLearningTable<Observation, Action>(
  { name, steps, solved, makeEnvironment, algorithms }: LearningTask<Observation, Action>,
  seeds: readonly number[],
): Promise<void> {
  tf.enableProdMode();
  await tf.setBackend('wasm');
  await installFastKernels({ relaxedSimd: false }); // the same figures on every machine
  const table = new Table({
    head: ['algorithm', 'seed', 'mean return', 'deviation', 'seconds'],
    style: { head: [], border: [] },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' }, // no lines between rows
  });
  const means = [];
  for (const [algorithm, trained] of Object.entries(algorithms)) {
    for (const seed of seeds) {
      const startedAt = performance.now();
      const agent = await trained(seed);
      const seconds = (performance.now() - startedAt) / 1000;
      const environment = makeEnvironment(seed);
      const returns = await evaluateAgent({ environment, agent, episodes: EPISODES, seed: 1_000_000 });
      agent.dispose();
      const [average, deviation] = [mean(returns), sampleStandardDeviation(returns)];
      means.push(average);
      table.push([algorithm, seed, average.toFixed(1), deviation.toFixed(1), seconds.toFixed(0)]);
      console.error(`${algorithm} seed ${seed}: ${average.toFixed(1)} ± ${deviation.toFixed(1)}`);
    }
  }
  console.log(
    `${name}, ${steps} steps, ${EPISODES} evaluation episodes, tfjs ${tf.version_core} wasm, node ${process.version}`,
  );
  console.log(table.toString());
  const count = means.filter((average) => average >= solved).length;
  console.log(`${count} of ${means.length} reach a mean return of ${solved}`);
  if (count < means.length) process.exitCode = 1;
}
