import { installFastKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-cpu';
import type { About } from '../harness/protocol.js';

/** What a contender in TypeScript computes with. */
export interface BackendOptions {
  readonly backend: 'wasm' | 'cpu';
  /** Whether ours are installed; stock TensorFlow.js otherwise. */
  readonly fastKernels: boolean;
  /** Whether they may use relaxed SIMD (default: where there is). */
  readonly relaxedSimd?: boolean;
  /** How many threads ours compute with (default 1); TensorFlow.js's own have one. */
  readonly threads?: number;
}

/**
 * Starts the backend.
 *
 * @returns whether relaxed SIMD is in use, for the report.
 * @throws Error where the kernels were to be installed, or threads to help, and were not: what is measured would not
 * be what the report says.
 */
export async function startBackend({
  backend,
  fastKernels,
  relaxedSimd = true,
  threads = 1,
}: BackendOptions): Promise<About> {
  tf.enableProdMode();
  setThreadsCount(1);
  if (!(await tf.setBackend(backend))) throw new Error(`backend: expected ${backend} to start, it did not`);
  if (!fastKernels) return {};
  const installed = await installFastKernels({ relaxedSimd, threads });
  if (!installed.active) {
    throw new Error(`fast kernels: expected to be active, but ${installed.reason ?? 'no reason is given'}`);
  }
  if (installed.threads !== threads) {
    throw new Error(`threads: expected ${threads} to compute, got ${installed.threads}`);
  }
  return { relaxedSimd: installed.relaxedSimd };
}
