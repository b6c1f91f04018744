import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The state layers that are computed in plain loops. Others are by TensorFlow.js, which takes a while to load. */
const IN_PLAIN_LOOPS: readonly unknown[] = ['drr-ave', 'decaying-sums', undefined];

/** Starts TensorFlow.js where what a run has learned needs it. */
export async function useBackendFor(run: string): Promise<void> {
  const file = join(run, 'options.json');
  if (!existsSync(file)) return;
  const { stateModule } = JSON.parse(await readFile(file, 'utf8')) as { readonly stateModule?: unknown };
  if (IN_PLAIN_LOOPS.includes(stateModule)) return;
  await useWasmBackend();
}

/** Starts TensorFlow.js, by WebAssembly. */
export async function useWasmBackend(): Promise<void> {
  const [tf, { installFastKernels }] = await Promise.all([
    import('@tensorflow/tfjs-core'),
    import('@rl-recsys/wasm-kernels'),
    import('@tensorflow/tfjs-backend-wasm'),
  ]);
  tf.enableProdMode();
  if (!(await tf.setBackend('wasm')))
    throw new Error('the WebAssembly backend of TensorFlow.js did not start');
  await installFastKernels({ threads: 1 });
}
