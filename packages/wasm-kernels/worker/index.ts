import type { KernelExports } from '../src/kernel-exports.js';
import { multiplyRows } from '../src/threads/multiply-rows.js';
import { nodeBuiltin } from '../src/node-builtin.js';
import { firstRow, JOB, takenWord, wordCount, type HelperStart } from '../src/threads/product-job.js';

/** A helper: computes its share of one matrix product after another, for as long as the process lives. */
const port = nodeBuiltin<{ parentPort: MessagePort }>('node:worker_threads')?.parentPort ?? globalThis;
port.onmessage = ({ data }: MessageEvent<HelperStart>) => {
  const { exports } = new WebAssembly.Instance(data.module, { env: { memory: data.memory } });
  const words = new Int32Array(data.memory.buffer, 0, wordCount(data.threads));
  const taken = takenWord(data.thread);
  port.postMessage('ready');
  for (let job = 0; ;) {
    waitWhile(words, JOB.begun, job);
    job = Atomics.load(words, JOB.begun);
    const before = (job - 1) | 0;
    if (Atomics.compareExchange(words, taken, before, job) !== before) continue; // by the caller, or before
    computeShare(words, exports as unknown as KernelExports, data);
    Atomics.store(words, taken + 1, job);
  }
};

function computeShare(words: Int32Array, kernels: KernelExports, { thread, threads }: HelperStart): void {
  const rows = words[JOB.rows]!;
  const product = {
    transposeA: words[JOB.transposeA] === 1,
    transposeB: words[JOB.transposeB] === 1,
    rows,
    columns: words[JOB.columns]!,
    depth: words[JOB.depth]!,
    a: words[JOB.a]!,
    b: words[JOB.b]!,
    c: words[JOB.c]!,
    bias: words[JOB.bias]!,
    kind: words[JOB.kind]!,
    slope: 0,
    slopes: 0,
  };
  const scratch = words[JOB.scratch]! + (thread - 1) * words[JOB.scratchBytes]!;
  const [first, end] = [firstRow(rows, thread, threads), firstRow(rows, thread + 1, threads)];
  multiplyRows(kernels, product, first, end, scratch);
}

/**
 * Returns once a word is no longer `value`, or for a late notice of the job before. It looks for some 150 µs before
 * it sleeps: the next product of an update comes sooner than a thread wakes up.
 */
function waitWhile(words: Int32Array, place: number, value: number): void {
  for (let looked = 0; looked < 20_000; looked++) if (Atomics.load(words, place) !== value) return;
  Atomics.wait(words, place, value);
}
