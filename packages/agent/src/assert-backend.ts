import * as tf from '@tensorflow/tfjs-core';

/**
 * TensorFlow.js computes nothing before a backend is imported, and says so without a word of what to do.
 *
 * @throws Error where none is; it says what to install.
 */
export function assertBackend(): void {
  if (Object.keys(tf.engine().registryFactory).length > 0) return;
  throw new Error(
    "backend: expected one of TensorFlow.js, got none: npm install @tensorflow/tfjs-backend-cpu, and import '@tensorflow/tfjs-backend-cpu'; " +
      'or @tensorflow/tfjs-backend-wasm, which with installFastKernels of @rl-recsys/wasm-kernels is far faster',
  );
}
