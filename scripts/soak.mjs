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
import { Checkpoints, PeriodicCheckpoints } from '@rl-recsys/checkpoint';
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
/** Replay holds a quarter of them; a fifth more, for what is made anew when it is full. */
const FULL = 1.2 * (STEPS / 4);
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
const periodic = new PeriodicCheckpoints({
  ...{ checkpoints, every: 60_000 },
  onError(error) {
    throw error;
  },
});
const [begun, cpuAtStart] = [performance.now(), process.cpuUsage()];
const abort = new AbortController();
const samples = [];
const stood = []; // milliseconds that training stood still for a checkpoint
let [due, sampled, whole] = [begun, begun, 0];
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
      due = now;
      return periodic.isDue();
    },
    async save(state, step, isLast) {
      const cpuBefore = process.cpuUsage();
      await periodic.save(state, step, isLast);
      // Nothing is done beside the last one, so that all that it takes of a processor can be told.
      if (isLast) whole = cpuSince(cpuBefore);
      else stood.push(performance.now() - due);
    },
  },
});
const took = performance.now() - begun;
const cpu = cpuSince(cpuAtStart);
agent.dispose();
rmSync(folder, { recursive: true });

const stoodStill = stood.reduce((sum, each) => sum + each, 0) / stood.length;
const [wall, processor] = [stoodStill / 60_000, whole / (60_000 * (cpu / took))];
console.log(
  `${stood.length} checkpoints: training stood still for ${stoodStill.toFixed(0)} ms each, and a whole one takes ${whole.toFixed(0)} ms of a processor: ` +
    `one a minute costs ${(100 * wall).toFixed(2)} % of the time, and ${(100 * processor).toFixed(2)} % of what the run takes of processors`,
);
// Memory grows while the replay buffer fills; from then on it must not. What is not collected yet comes and goes, so that the last third
// is compared with the first.
const full = samples.filter(({ step }) => step > FULL);
if (full.length < 6) {
  console.log('too short to tell whether memory is flat: replay was full only at the end');
} else {
  const third = Math.floor(full.length / 3);
  const mean = (name, of) => of.reduce((sum, each) => sum + each[name], 0) / of.length;
  const grown = (name) => mean(name, full.slice(-third)) / mean(name, full.slice(0, third)) - 1;
  console.log(
    `since replay is full, the last third of samples beside the first: RSS ${percent(grown('rss'))}, tensors ${percent(grown('tensors'))}, ` +
      `WASM memory ${percent(grown('wasm'))}`,
  );
  const isFlat = grown('tensors') === 0 && grown('wasm') === 0 && grown('rss') < 0.05;
  if (!isFlat) console.error('memory is not flat');
  process.exitCode = isFlat ? 0 : 1;
}

function cpuSince(before) {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function sample(step, now) {
  const { rss, heapUsed } = process.memoryUsage();
  const wasm = tf.backend().wasm.HEAPU8.byteLength;
  const { numTensors: tensors } = tf.memory();
  const columns = [((now - begun) / 60_000).toFixed(1), step, ...[rss, heapUsed].map(mb), tensors, mb(wasm)];
  console.log(columns.map((each, place) => String(each).padStart([7, 10, 8, 8, 8, 8][place])).join(' '));
  return { step, rss, tensors, wasm };
}

function mb(bytes) {
  return (bytes / 1e6).toFixed(1);
}

function percent(share) {
  return `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(1)} %`;
}
