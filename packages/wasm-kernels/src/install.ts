import * as tf from '@tensorflow/tfjs-core';
import { activeKernels, FastKernels, setInstalledKernels } from './fast-kernels.js';
import { KERNELS, RELAXED_KERNELS } from './generated/kernels.js';
import { link } from './link.js';
import { registerDenseStack } from './register-dense-stack.js';
import { registerDropout } from './register-dropout.js';
import { registerMatMul } from './register-mat-mul.js';
import { registerMean } from './register-mean.js';
import { registerPairwiseProducts } from './register-pairwise-products.js';
import { registerParts } from './register-parts.js';
import { registerPooledState } from './register-pooled-state.js';
import { registerProducts } from './register-products.js';
import { registerIdentity, registerRows } from './register-rows.js';
import { registerStandardise } from './register-standardise.js';
import { hasRelaxedSimd } from './relaxed-simd.js';
import { selfTest } from './self-test.js';
import { memoryOf, type WasmBackend } from './wasm-backend.js';

export interface InstallOptions {
  /**
   * Whether to fuse multiplications and additions where the engine can (default true). It is faster on
   * most machines; results differ from plain SIMD's in their last bits, and may between machines.
   */
  readonly relaxedSimd?: boolean;
}

/** What is in use now. */
export interface FastKernelsReport {
  /** Whether the kernels of this package are. */
  readonly active: boolean;
  /** Whether they fuse multiplications and additions. */
  readonly relaxedSimd: boolean;
  /** Why not, where they are not active. */
  readonly reason?: string;
}

let report: FastKernelsReport | undefined;

/**
 * Makes TensorFlow.js's WebAssembly backend fast at training: links the kernels to its memory, tests
 * them, and registers them in the place of its own. Models, layers and gradients stay as they are.
 *
 * Call it once, after `await tf.setBackend('wasm')`. Where something is missing the stock kernels stay,
 * one warning says why, and nothing else changes. Calling it again changes nothing.
 */
export async function installFastKernels({
  relaxedSimd = true,
}: InstallOptions = {}): Promise<FastKernelsReport> {
  if (report && activeKernels()) return report;
  try {
    if (tf.getBackend() !== 'wasm') {
      throw new Error(`the backend is ${tf.getBackend() || 'not set'}; call tf.setBackend('wasm') first`);
    }
    const backend = tf.backend() as WasmBackend;
    const memory = memoryOf(backend);
    const relaxed = relaxedSimd && hasRelaxedSimd();
    const kernels = new FastKernels(backend, memory, await link(relaxed ? RELAXED_KERNELS : KERNELS, memory));
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
      registerStandardise,
    ]) {
      registerSome(kernels);
    }
    setInstalledKernels(kernels);
    report = { active: true, relaxedSimd: relaxed };
    return report;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.warn(`@rl-recsys/wasm-kernels: training stays slow, because ${reason}.`);
    return { active: false, relaxedSimd: false, reason };
  }
}
