// How steps a second grow with actors where a step of the environment takes long: 250 ms, one session an actor.
//
//   npm run scale:cluster -- --actors 1,2,4,8 --seconds 25
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startRedis } from '@rl-recsys/distributed';

const { values } = parseArgs({
  options: {
    actors: { type: 'string', default: '1,2,4,8' },
    seconds: { type: 'string', default: '25' },
    delay: { type: 'string', default: '250' },
  },
});
const script = fileURLToPath(new URL('roles.mjs', import.meta.url));
const delay = Number(values.delay);
let one;
for (const count of values.actors.split(',').map(Number)) {
  const folder = mkdtempSync(join(tmpdir(), 'scale-cluster-'));
  const redis = await startRedis({ folder });
  const steps = Math.ceil((count * Number(values.seconds) * 1000) / delay);
  const environment = {
    ...process.env,
    REDIS: redis.url,
    DELAY: String(delay),
    STEPS: String(steps),
    WARMUP: '20',
    SEED: '1',
  };
  const start = (...args) =>
    spawn(process.execPath, [script, ...args], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  const learner = start('learner', folder);
  const actors = Array.from({ length: count }, (_, actor) => start('actor', String(actor + 1)));
  for (const actor of actors) actor.stdout.resume();
  const lines = [];
  let figures;
  createInterface(learner.stdout).on('line', (line) => {
    if (line.startsWith('done ')) figures = JSON.parse(line.slice(5));
    else lines.push(line.split(' ').slice(1).map(Number));
  });
  await Promise.all([learner, ...actors].map((each) => once(each, 'close')));
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
  // The second half, when all have started.
  const half = lines.slice(Math.floor(lines.length / 2));
  const [[from, began], [to, ended]] = [half[0], half.at(-1)];
  const rate = (1000 * (to - from)) / (ended - began);
  one ??= rate / count;
  const linear = (rate / (count * one)) * 100;
  const most = (1000 * count) / delay;
  console.log(
    `${count} actors: ${rate.toFixed(2)} steps/s, ${linear.toFixed(0)} % of linear, ${((100 * rate) / most).toFixed(0)} % of what the delay allows; ` +
      `learner ${((figures.cpuSeconds * 1000) / steps).toFixed(2)} ms CPU a step, staleness ${figures.staleness?.toFixed(1)} updates`,
  );
}
