import * as tf from '@tensorflow/tfjs-core';
import { activeKernels, FastKernels, setInstalledKernels } from './fast-kernels.js';
import { KERNELS, RELAXED_KERNELS } from './generated/kernels.js';
import { HelperThreads } from './threads/helper-threads.js';
import { link } from './link.js';
import { registerDenseStack } from './kernels/register-dense-stack.js';
import { registerDropout } from './kernels/register-dropout.js';
import { registerGru } from './kernels/register-gru.js';
import { registerMatMul } from './kernels/register-mat-mul.js';
import { registerMean } from './kernels/register-mean.js';
import { registerPairwiseProducts } from './kernels/register-pairwise-products.js';
import { registerParts } from './kernels/register-parts.js';
import { registerPooledState } from './kernels/register-pooled-state.js';
import { registerProducts } from './kernels/register-products.js';
import { registerIdentity, registerRows } from './kernels/register-rows.js';
import { registerSoftmaxLoss } from './kernels/register-softmax-loss.js';
import { registerStandardize } from './kernels/register-standardize.js';
import { hasRelaxedSimd } from './relaxed-simd.js';
import { selfTest } from './self-test.js';
import { memoryOf } from './memory-of.js';
import type { WasmBackend } from './wasm-backend.js';

export interface InstallOptions {
  /**
   * Whether to fuse multiplications and additions where the engine can (default true). It is faster on
   * most machines; results differ from plain SIMD's in their last bits, and may between machines.
   */
  readonly relaxedSimd?: boolean;
  /**
   * How many threads compute large matrix products (default 1): as many as there are cores to spare. Results
   * don't depend on it. A page needs to be isolated from other origins for more than one.
   */
  readonly threads?: number;
}

/** What is in use now. */
export interface FastKernelsReport {
  /** Whether the kernels of this package are. */
  readonly active: boolean;
  /** Whether they fuse multiplications and additions. */
  readonly relaxedSimd: boolean;
  /** How many threads compute. */
  readonly threads: number;
  /** Why not, where they are not active. */
  readonly reason?: string;
}

/** More would have nothing to do: no product has as many rows to share out. */
const MOST_THREADS = 64;

let report: FastKernelsReport | undefined;

/**
 * Makes TensorFlow.js's WebAssembly backend fast at training: links the kernels to its memory, tests
 * them, and registers them in the place of its own. Models, layers and gradients stay as they are.
 *
 * Call it once, after `await tf.setBackend('wasm')`. Where something is missing the stock kernels stay,
 * one warning says why, and nothing else changes. Calling it again changes nothing.
 *
 * @throws RangeError where `threads` is not a whole number from 1 to 64.
 */
export async function installFastKernels({
  relaxedSimd = true,
  threads = 1,
}: InstallOptions = {}): Promise<FastKernelsReport> {
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS)) {
    throw new RangeError(`threads: expected a whole number from 1 to ${MOST_THREADS}, got ${threads}`);
  }
  if (report && activeKernels()) return report;
  try {
    if (tf.getBackend() !== 'wasm') {
      throw new Error(`the backend is ${tf.getBackend() || 'not set'}; call tf.setBackend('wasm') first`);
    }
    const backend = tf.backend() as WasmBackend;
    const memory = memoryOf(backend);
    const relaxed = relaxedSimd && hasRelaxedSimd();
    const base64 = relaxed ? RELAXED_KERNELS : KERNELS;
    const helpers = threads > 1 ? await startHelpers(base64, threads) : undefined;
    const kernels = new FastKernels(backend, memory, await link(base64, memory), helpers);
    selfTest(kernels);
    for (const registerSome of [
      registerMatMul,
      registerRows,
      registerIdentity,
      registerParts,
      registerMean,
      registerDenseStack,
      registerPooledState,
      registerPairwiseProducts,
      registerProducts,
      registerDropout,
      registerStandardize,
      registerGru,
      registerSoftmaxLoss,
    ]) {
      registerSome(kernels);
    }
    setInstalledKernels(kernels);
    report = { active: true, relaxedSimd: relaxed, threads: helpers ? threads : 1 };
    return report;
  } catch (error) {
    const reason = reasonOf(error);
    console.warn(`@rl-recsys/wasm-kernels: training stays slow, because ${reason}.`);
    return { active: false, relaxedSimd: false, threads: 1, reason };
  }
}

/** Undefined, with one warning, where they don't start. */
async function startHelpers(kernels: string, threads: number): Promise<HelperThreads | undefined> {
  try {
    return await HelperThreads.start(kernels, threads);
  } catch (error) {
    console.warn(`@rl-recsys/wasm-kernels: one thread computes, because ${reasonOf(error)}.`);
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
