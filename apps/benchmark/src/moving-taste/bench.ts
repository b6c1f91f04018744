import { installFastKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import Table from 'cli-table3';
import { tasks } from './tasks.js';

const STEPS = 160_000;

/** Trains DRR where users change within a session, prints what planning buys, and stops at nothing. */
export async function benchMovingTaste({ seeds }: { seeds: readonly number[] }): Promise<void> {
  tf.enableProdMode();
  await tf.setBackend('wasm');
  await installFastKernels();
  for (const { name, about, run } of tasks) {
    console.log(`${name}: ${about}. Mean session reward of users who were never trained on.`);
    const results = [];
    for (const seed of seeds) {
      const result = await run(seed, STEPS);
      results.push(result);
      console.error(`${name} seed ${seed}: ${(100 * result.gapClosed).toFixed(0)} % of the gap`);
    }
    const policies = Object.keys(results[0]!.rewards);
    const table = new Table({
      head: ['seed', ...policies, 'gap closed', 'items a session', 'clickbait', 'seconds'],
      style: { head: [], border: [] },
      chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
    });
    for (const { seed, rewards, gapClosed, length, bait, seconds } of results) {
      const figures = policies.map((policy) => rewards[policy]!.toFixed(3));
      const share = `${(100 * gapClosed).toFixed(0)} %`;
      table.push([seed, ...figures, share, length.toFixed(1), bait.toFixed(2), seconds.toFixed(0)]);
    }
    console.log(table.toString());
  }
}
