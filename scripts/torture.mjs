// Kills real runs at random moments, and while they write a checkpoint, and lets them go on: each must lose no more than the time
// between two checkpoints, and end as a run that was never disturbed, to the byte.
//
//   npm run torture -- --kills 50 --seed 1 --kind td3,paper,gated,default
//   RL_RECSYS_DATA=DIR npm run torture -- --kills 6 --kind ml-residual,ml-paper     (MovieLens 100K)
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';
import { parseArgs } from 'node:util';
import { Random } from '@rl-recsys/random';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    kind: { type: 'string', default: 'td3,paper,gated,default' },
  },
});
const kills = Number(values.kills);
const random = Random.fromSeed(Number(values.seed));
const cli = resolve('apps/trainer/dist/cli.js');
const movieLens = ['--dataset', 'ml-100k', '--data', join(process.env.RL_RECSYS_DATA ?? '.', 'ml-100k')];
const KINDS = {
  td3: ['--env', resolve('apps/examples/dist/pendulum-v1.js'), '--steps', '4000'],
  paper: ['--dataset', 'synthetic', '--variant', 'paper', '--steps', '1000'],
  gated: ['--dataset', 'synthetic', '--replay', 'prioritized', '--steps', '7680'],
  default: ['--steps', '12800'],
  'ml-residual': [...movieLens, '--variant', 'residual', '--steps', '6400'],
  'ml-paper': [...movieLens, '--variant', 'paper', '--replay', 'prioritized', '--steps', '3000'],
};
const INTERVAL = 0.01; // minutes
const SLACK = 5_000; // milliseconds: intervals are short, and the machine may be busy

const folder = mkdtempSync(join(tmpdir(), 'torture-'));
let [killed, ended, worst, over, isGood] = [0, 0, 0, 0, true];
const kinds = values.kind.split(',').map((name) => {
  if (!Object.hasOwn(KINDS, name))
    throw new Error(`--kind: expected ${Object.keys(KINDS).join(', ')}, got ${name}`);
  return [name, [...KINDS[name], '--checkpoint-minutes', String(INTERVAL)]];
});
for (const [place, [name, options]] of kinds.entries()) {
  const started = performance.now();
  await trained(['train', ...options, '--name', `${name}-whole`]);
  const duration = performance.now() - started;
  console.log(`${name}: undisturbed in ${(duration / 1000).toFixed(1)} s`);
  const target = Math.round((kills * (place + 1)) / kinds.length);
  for (let run = 1; killed < target; run++) {
    const [own, before] = [`${name}-${run}`, killed];
    let args = ['train', ...options, '--name', own];
    for (;;) {
      const outcome = await trained(args, killed < target ? momentFor(own, duration) : undefined);
      if (!outcome.wasKilled) break;
      killed += 1;
      worst = Math.max(worst, outcome.lost);
      if (outcome.lost > INTERVAL * 60_000) over += 1;
      if (outcome.lost > INTERVAL * 60_000 + SLACK) fail(`${own}: lost ${outcome.lost} ms of training`);
      if (existsSync(join(folder, 'runs', own, 'manifest.json'))) break; // it had come to its end by then
      if (existsSync(join(folder, 'runs', own, 'options.json')))
        args = ['train', '--resume', join('runs', own)];
    }
    ended += 1;
    const different = differentFile(`${name}-whole`, own);
    if (different) fail(`${own}: ends with another ${different} than the undisturbed run`);
    console.log(`${own}: ended as the undisturbed run after ${killed - before} kills`);
  }
}
console.log(
  `${killed} kills, ${ended} runs that ended; at most ${(worst / 1000).toFixed(2)} s of training were lost, and ${over} times more than the ${INTERVAL * 60} s of an interval`,
);
if (isGood) rmSync(folder, { recursive: true });
else console.log(`left for a look: ${folder}`);
process.exitCode = isGood ? 0 : 1;

/** When to kill: after a while, or where a half-written file is seen. */
function momentFor(own, duration) {
  const after = duration * random.uniform();
  const atWrite = random.uniform() < 0.5;
  return { after, atWrite, place: join(folder, 'runs', own, 'checkpoints') };
}

/** Runs the command line, and kills it when its moment has come. */
function trained(args, moment) {
  return new Promise((done) => {
    const started = Date.now();
    const child = spawn(process.execPath, [cli, ...args], { cwd: folder });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    let wasKilled = false;
    const kill = () => (wasKilled = child.kill('SIGKILL'));
    const timer =
      moment &&
      setInterval(() => {
        if (Date.now() - started < moment.after) return;
        const isWriting = () =>
          existsSync(moment.place) && readdirSync(moment.place).some((file) => file.startsWith('.'));
        if (!moment.atWrite || isWriting() || Date.now() - started > moment.after + 3000) kill();
      }, 1);
    child.on('close', (code) => {
      clearInterval(timer);
      const at = Date.now();
      if (!wasKilled && code !== 0) {
        fail(`${args.join(' ')}: ended with ${code}\n${output.slice(-2000)}`);
        return process.exit(1);
      }
      done({
        wasKilled: wasKilled && code === null,
        lost: moment ? lostBy(moment.place, started, at) : 0,
      });
    });
  });
}

/** Milliseconds since the newest checkpoint that this process wrote; 0 where it had not begun to train, or was done with it. */
function lostBy(place, started, at) {
  if (!existsSync(place)) return 0;
  const names = readdirSync(place)
    .filter((file) => /^checkpoint-\d+\.json$/.test(file))
    .sort();
  const newest = names.at(-1);
  if (newest === undefined) return 0;
  const json = (file) => JSON.parse(readFileSync(file, 'utf8'));
  const manifest = json(join(place, newest));
  if (manifest.step >= json(join(place, '..', 'options.json')).steps) return 0;
  const written = Date.parse(manifest.at);
  return written < started ? 0 : at - written;
}

function differentFile(one, other) {
  const files = ['table.json', 'recommender.bin', 'agent.bin', 'episodes.jsonl'];
  return files.find((file) => {
    const [first, second] = [one, other].map((name) => join(folder, 'runs', name, file));
    return existsSync(first) && !(existsSync(second) && readFileSync(first).equals(readFileSync(second)));
  });
}

function fail(why) {
  isGood = false;
  console.error(why);
}
