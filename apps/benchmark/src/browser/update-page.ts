import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { startBackend } from '../contenders/backend.js';
import { createDefaultLearnTask } from '../contenders/default-learn-task.js';
import { createLearnTask, type LearnTask } from '../contenders/learn-task.js';
import type { About } from '../harness/protocol.js';
import { timeBlocks } from '../harness/timers.js';
import { describeRenderer } from './describe-renderer.js';
import type { PageOptions, UpdatePage } from './page-options.js';

/** What the page in the browser runs: the updates of `contenders/update.ts` or `update-default.ts`, on a browser's backend. */
let task: LearnTask | undefined;

const page: UpdatePage = {
  async start({ backend, isDefault = false, ...options }) {
    const about = await startBrowserBackend(backend);
    task = isDefault ? createDefaultLearnTask(options) : createLearnTask(options);
    task.prepare();
    // Compiles all shaders, and shows now whether each operation works here.
    const { criticLoss } = task.learn().figures;
    if (!(criticLoss! > 0 && criticLoss! < Infinity)) {
      throw new Error(`criticLoss: expected a finite one above 0, got ${criticLoss}`);
    }
    return { ...about, criticLoss };
  },
  run(iterations) {
    if (!task) throw new Error('run: expected to come after start, which has not succeeded');
    return timeBlocks(task.block, task.learn, task.prepare)(iterations) as number[];
  },
};
Object.assign(globalThis, { updatePage: page });

async function startBrowserBackend(backend: PageOptions['backend']): Promise<About> {
  if (backend === 'wasm') {
    setWasmPaths('/');
    // One thread, and the same build as in Node.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    return startBackend({ backend, fastKernels: true });
  }
  tf.enableProdMode();
  if (!(await tf.setBackend(backend))) throw new Error(`backend: expected ${backend} to start, it did not`);
  await tf.ready();
  // An update reads its losses so.
  const [sum] = tf.tidy(() => tf.add(tf.scalar(1), 0.5).dataSync());
  if (sum !== 1.5) throw new Error(`dataSync: expected 1 + 0.5 to be read as 1.5, got ${sum}`);
  return { renderer: await describeRenderer(backend) };
}
