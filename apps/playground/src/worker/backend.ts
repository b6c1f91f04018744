import { installFastKernels } from '@rl-recsys/wasm-kernels';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import simdAddress from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core';

/** What there is to compute with. */
export interface Backend {
  readonly threads: number;
  readonly isIsolated: boolean;
}

/**
 * Starts the WebAssembly backend, with two threads where the page is isolated from other origins.
 *
 * @throws Error where the browser has no WebAssembly with SIMD; it says what to do.
 */
export async function startBackend(): Promise<Backend> {
  const hasSimd = await tf
    .env()
    .getAsync('WASM_HAS_SIMD_SUPPORT')
    .catch(() => false);
  if (hasSimd !== true) {
    throw new Error(
      'This browser has no WebAssembly with SIMD, by which the page computes. Chrome and Edge have it from version 91, Firefox from 89 and Safari from 16.4: update it, or open the page in another.',
    );
  }
  tf.enableProdMode();
  // As an absolute address: in a worker it would be looked for beside the page. All names must be there; one is asked for.
  const address = new URL(simdAddress, self.location.href).href;
  setWasmPaths({
    'tfjs-backend-wasm.wasm': address,
    'tfjs-backend-wasm-simd.wasm': address,
    'tfjs-backend-wasm-threaded-simd.wasm': address,
  });
  // Its own threads are started from the text of a function, which breaks in a bundle. Ours need no more than isolation.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await tf.setBackend('wasm')))
    throw new Error('WebAssembly did not start in this browser; reload the page to try again.');
  const isIsolated = self.crossOriginIsolated;
  const { threads } = await installFastKernels({ threads: isIsolated ? 2 : 1 });
  return { threads, isIsolated };
}
