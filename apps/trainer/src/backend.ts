import { installFastKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';

/** Chooses where tensors are computed: WebAssembly, the fastest that needs no native build, made faster. */
export async function useWasmBackend(threads = 1): Promise<void> {
  tf.enableProdMode();
  if (!(await tf.setBackend('wasm')))
    throw new Error('the WebAssembly backend of TensorFlow.js did not start');
  await installFastKernels({ threads });
}
