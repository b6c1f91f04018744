import * as tf from '@tensorflow/tfjs-core';
import type { FastKernels } from '../fast-kernels.js';

/** A kernel that may leave a call to the one that was there before. */
export type FastKernel<Inputs, Attributes> = (
  inputs: Inputs,
  attributes: Attributes,
) => tf.TensorInfo | tf.TensorInfo[] | undefined;

/**
 * Puts a kernel in the place of TensorFlow.js's own. Where it returns undefined, or the backend is not
 * the one that it was linked to, the one before it answers.
 */
export function register<Inputs, Attributes>(
  fast: FastKernels,
  kernelName: string,
  kernel: FastKernel<Inputs, Attributes>,
): void {
  const before = tf.getKernel(kernelName, 'wasm') as tf.KernelConfig | undefined;
  if (before) tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel({
    ...before,
    kernelName,
    backendName: 'wasm',
    kernelFunc: (call) => {
      const { inputs, attrs } = call as unknown as { inputs: Inputs; attrs: Attributes };
      const answer = call.backend === fast.backend ? kernel(inputs, attrs) : undefined;
      if (answer !== undefined) return answer;
      if (!before) throw new Error(`${kernelName}: expected float32 tensors on the WebAssembly backend`);
      return before.kernelFunc(call);
    },
  });
}
