import { Worker } from 'node:worker_threads';
import type { WatchOptions } from './server.js';

/** A page of a run that this process trains. */
export interface WatchedBeside {
  readonly url: string;
  close(): Promise<unknown>;
}

/** Serves a run from a thread of its own, which doesn't keep the process alive: training keeps its thread busy for too long. */
export async function watchBeside(folder: string): Promise<WatchedBeside> {
  const workerData: WatchOptions = { folders: [folder] };
  const worker = new Worker(new URL('worker.js', import.meta.url), { workerData });
  const url = await new Promise<string>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  worker.unref();
  return { url, close: () => worker.terminate() };
}
