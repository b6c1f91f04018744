import { HELPER } from '../generated/helper.js';
import { nodeBuiltin } from '../node-builtin.js';
import type { HelperStart } from './product-job.js';

interface NodeWorker {
  once(event: 'message' | 'error', listener: (value: unknown) => void): void;
  postMessage(message: HelperStart): void;
  unref(): void;
}

type NodeWorkers = { Worker: new (source: string, options: { eval: true }) => NodeWorker };

/** Starts a thread that helps, without a fetch; resolves once it waits for its first job, which keeps nothing open. */
export async function startHelper(start: HelperStart): Promise<void> {
  const node = nodeBuiltin<NodeWorkers>('node:worker_threads');
  if (!node) return startInBrowser(start);
  const worker = new node.Worker(HELPER, { eval: true });
  await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.postMessage(start);
  });
  worker.unref();
}

async function startInBrowser(start: HelperStart): Promise<void> {
  const url = URL.createObjectURL(new Blob([HELPER], { type: 'text/javascript' }));
  const worker = new Worker(url);
  try {
    await new Promise((resolve, reject) => {
      worker.onmessage = resolve;
      worker.onerror = ({ message }) => reject(new Error(message || 'a worker from a blob was refused'));
      worker.postMessage(start);
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
