// Tries random inputs on what users bring: files, saved bytes and states, options, environments, the command line. Each target runs
// in a process of its own, so that an input that is never done with is found too. Counts inputs, and prints seeds to repeat by:
//   npm run fuzz -- --minutes 5 [--only NAME] [--seed N]
import { fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { clearTimeout, setTimeout } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { minutes: { type: 'string' }, only: { type: 'string' }, seed: { type: 'string' } },
});
const minutes = Number(values.minutes ?? 5);
const firstSeed = Number(values.seed ?? Date.now() % 1_000_000);
if (!(minutes > 0) || !Number.isSafeInteger(firstSeed)) {
  throw new Error(
    `--minutes, --seed: expected a positive number and an integer, got ${minutes} and ${firstSeed}`,
  );
}
/** How long one round of inputs may go without a word, in milliseconds. */
const SILENCE = 60_000;

const folder = new URL('targets/', import.meta.url);
const all = readdirSync(folder).map((file) => file.replace(/\.mjs$/, ''));
const targets = all.filter((name) => values.only === undefined || name === values.only);
if (targets.length === 0) throw new Error(`--only: expected one of ${all.join(', ')}, got ${values.only}`);

const jobs = Math.min(availableParallelism(), targets.length);
const milliseconds = (minutes * 60_000 * jobs) / targets.length;
let [inputs, failures] = [0, 0];
const waiting = [...targets];
await Promise.all(
  Array.from({ length: jobs }, async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await runTarget(name);
  }),
);
console.log(`${inputs} inputs, ${failures} failures (seed ${firstSeed})`);
process.exitCode = failures === 0 ? 0 : 1;

/** Lets a target try inputs until its time is over, and prints what failed. */
function runTarget(name) {
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(new URL('worker.mjs', import.meta.url)), [
      name,
      firstSeed,
      milliseconds,
    ]);
    let [count, last] = [0, `seed ${firstSeed}`];
    let watch = setTimeout(onSilence, SILENCE);
    const failed = (text) => {
      failures += 1;
      console.log(`FAILED ${name}: ${text}`);
    };
    function onSilence() {
      failed(`no end within ${SILENCE / 1000} s at ${last}`);
      child.kill('SIGKILL');
    }
    child.on('message', (message) => {
      clearTimeout(watch);
      watch = setTimeout(onSilence, SILENCE);
      last = message.next ?? last;
      count += message.count ?? 0;
      if (message.failure !== undefined) failed(message.failure);
    });
    child.on('exit', (code, signal) => {
      clearTimeout(watch);
      if (code !== 0 && signal !== 'SIGKILL') failed(`the process ended with ${signal ?? code} at ${last}`);
      inputs += count;
      console.log(`${name}: ${count} inputs`);
      resolve();
    });
  });
}
