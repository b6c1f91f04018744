import { parentPort, workerData } from 'node:worker_threads';
import { startWatching, type WatchOptions } from './server.js';

// Beside training, which keeps its own thread busy for longer than a page would wait.
parentPort!.postMessage((await startWatching(workerData as WatchOptions)).url);
