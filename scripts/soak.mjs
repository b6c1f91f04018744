// Trains the default run for a long time, with a checkpoint every minute, and prints what it takes: memory must stay flat, and
// checkpoints cost less than a hundredth of the time.
//
//   npm run soak -- --minutes 30
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { train } from '@rl-recsys/agent';
import { Checkpoints } from '@rl-recsys/checkpoint';
import { fitPlanningBlocks, planningGates, residualInSimulator } from '@rl-recsys/drr';
import { Random } from '@rl-recsys/random';
import { movingTasteEnvironment, simulatedLog, simulatedWorld } from '@rl-recsys/simulators';
import { folderStorage } from '@rl-recsys/storage/folder';
import { installFastKernels } from '@rl-recsys/wasm-kernels';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '30' } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error(`--minutes: expected a positive number, got ${values.minutes}`);

tf.enableProdMode();
await tf.setBackend('wasm');
await installFastKernels({ threads: 1 });
const random = Random.fromSeed(1);
const { world, trained } = simulatedWorld(1);
const { users, items, blocks } = fitPlanningBlocks(simulatedLog(1).log, random.fork('embeddings'));
const STEPS = 96_000; // what replay is sized for, and schedules are of; training goes on beyond it
const { agent, environment } = residualInSimulator({
  ...{
    users,
    items,
    blocks,
    gates: planningGates,
    steps: STEPS,
    batchSize: 128,
    gamma: 0.98,
    historySize: 20,
    random,
  },
  candidateCount: 32,
  makeEnvironment: (session) =>
    movingTasteEnvironment({ world, users: trained, historySize: 20, random: random.fork(String(session)) }),
});

const folder = mkdtempSync(join(tmpdir(), 'soak-'));
const checkpoints = new Checkpoints({ storage: folderStorage(folder) });
const begun = performance.now();
const abort = new AbortController();
const samples = [];
const saves = [];
let [last, sampled] = [begun, begun];
// Ten samples at least, also in a short soak.
const EVERY = Math.min(60_000, (minutes * 60_000) / 10);
console.log('minutes      steps   RSS MB  heap MB  tensors  WASM MB');
await train({
  ...{ agent, environment, steps: Number.MAX_SAFE_INTEGER, seed: 1, signal: abort.signal },
  checkpoints: {
    isDue(step) {
      const now = performance.now();
      if (now - begun > minutes * 60_000) abort.abort();
      if (now - sampled > EVERY) {
        sampled = now;
        samples.push(sample(step, now));
      }
      return now - last > 60_000;
    },
    async save(state, step) {
      const from = performance.now();
      await checkpoints.save(state, { step });
      last = performance.now();
      saves.push(last - from);
    },
  },
});
const took = performance.now() - begun;
agent.dispose();
rmSync(folder, { recursive: true });

const saving = saves.reduce((sum, each) => sum + each, 0) / saves.length;
console.log(
  `${saves.length} checkpoints of ${saving.toFixed(0)} ms in ${(took / 1000).toFixed(0)} s: one a minute costs ${((100 * saving) / 60_000).toFixed(2)} % of the time`,
);
const half = samples.slice(Math.floor(samples.length / 2));
const [first, end] = [half[0], half.at(-1)];
const grown = (name) => end[name] / first[name] - 1;
console.log(
  `in the second half: RSS ${percent(grown('rss'))}, tensors ${percent(grown('tensors'))}, WASM memory ${percent(grown('wasm'))}`,
);
const isFlat = grown('tensors') === 0 && grown('wasm') === 0 && grown('rss') < 0.05;
if (!isFlat) console.error('memory is not flat');
process.exitCode = isFlat ? 0 : 1;

function sample(step, now) {
  const { rss, heapUsed } = process.memoryUsage();
  const wasm = tf.backend().wasm.HEAPU8.byteLength;
  const { numTensors: tensors } = tf.memory();
  const columns = [((now - begun) / 60_000).toFixed(1), step, ...[rss, heapUsed].map(mb), tensors, mb(wasm)];
  console.log(columns.map((each, place) => String(each).padStart([7, 10, 8, 8, 8, 8][place])).join(' '));
  return { rss, tensors, wasm };
}

function mb(bytes) {
  return (bytes / 1e6).toFixed(1);
}

function percent(share) {
  return `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(1)} %`;
}
