// A training that was stopped goes on in a new process as if it had not been, to the bit: trains each kind at once, and again in parts, each
// in a process of its own, and compares all that agent, environment and loop are at each stop.
//
//   RL_RECSYS_DATA=DIR npm run prove:resume -- --on cpu,wasm,threads --kind default,ml-residual,ml-paper,td3,sac,dqn
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { Checkpoints, compare } from '@rl-recsys/checkpoint';
import { folderStorage } from '@rl-recsys/storage/folder';
import { KINDS } from './kinds.mjs';

/** What computes: JavaScript alone, or WebAssembly with our kernels, on one core or two. */
const ON = { cpu: ['cpu', '1'], wasm: ['wasm', '1'], threads: ['wasm', '2'] };
const script = fileURLToPath(new URL('train-to.mjs', import.meta.url));
const { values } = parseArgs({
  options: {
    on: { type: 'string', default: Object.keys(ON).join() },
    kind: { type: 'string', default: Object.keys(KINDS).join() },
  },
});
let differences = 0;
for (const on of chosen('on', ON)) for (const kind of chosen('kind', KINDS)) await prove(on, kind);
process.exitCode = differences === 0 ? 0 : 1;

async function prove(on, kind) {
  const folder = mkdtempSync(join(tmpdir(), 'resume-'));
  const [whole, parts] = ['whole', 'parts'].map((name) => join(folder, name));
  const run = (...args) => promisify(execFile)(process.execPath, [script, ...ON[on], kind, ...args]);
  const began = performance.now();
  await run(whole);
  const [warmUp, end, start, middle, last] = readdirSync(whole)
    .map(Number)
    .sort((one, other) => one - other);
  const stops = [
    ['in warm-up', warmUp],
    ["at an episode's end", end],
    ['directly after a resume', end],
    ["at an episode's start", start],
    ['in its middle', middle],
    ['at the end', last],
  ];
  const equal = [];
  for (const [where, step] of stops) {
    await run(parts, String(step));
    const difference = compare(await stateIn(join(whole, String(step))), await stateIn(parts));
    if (difference) {
      differences += 1;
      const { path, first, second } = difference;
      console.error(
        `${on}, ${kind}: ${where}, at step ${step}, ${path} is ${second} in the place of ${first}`,
      );
      break;
    }
    equal.push(`${where} ${step}`);
  }
  rmSync(folder, { recursive: true });
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`${on}, ${kind}: equal ${equal.join(', ') || 'nowhere'}; ${seconds} s`);
}

/** All that a training is, but for the time that it took. */
async function stateIn(folder) {
  const { checkpoint, passedOver } = await new Checkpoints({ storage: folderStorage(folder) }).newest();
  if (!checkpoint) throw new Error(passedOver[0]?.why ?? `expected a checkpoint in ${folder}`);
  const { monitor, ...rest } = checkpoint.state;
  return { ...rest, step: checkpoint.step, monitor: { ...monitor, seconds: 0, lastSeconds: 0 } };
}

function chosen(option, among) {
  return values[option].split(',').map((name) => {
    if (Object.hasOwn(among, name)) return name;
    throw new Error(`--${option}: expected ${Object.keys(among).join(', ')}, got ${name}`);
  });
}
