// A sweep of 24 trials over two workers, of which one is killed on the way, must equal the same sweep alone, trial by trial to the last digit.
//
//   npm run prove:sweep
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { startRedis } from '@rl-recsys/distributed';

const cli = resolve('apps/trainer/dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'prove-sweep-'));
const sweep = {
  train: { env: resolve('apps/examples/dist/pendulum-v1.js'), variant: 'td3', steps: 1200 },
  seeds: [1, 2, 3],
  grid: { gamma: [0.9, 0.99], batchSize: [32, 64], rewardScale: [0.1, 1] },
  figure: 'reward',
};
writeFileSync(join(folder, 'sweep.json'), JSON.stringify(sweep));
const start = (args, redis) =>
  spawn(process.execPath, [cli, ...args], {
    cwd: folder,
    env: { ...process.env, ...(redis && { RL_RECSYS_REDIS: redis }) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });

const startedAt = performance.now();
const alone = start(['sweep', 'sweep.json', '--output', 'alone', '--jobs', '2']);
alone.stdout.pipe(process.stdout);
await once(alone, 'exit');
console.log(`alone: ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);

const redisFolder = join(folder, 'redis');
mkdirSync(redisFolder);
const redis = await startRedis({ folder: redisFolder });
const together = start(['sweep', 'sweep.json', '--output', 'together'], redis.url);
together.stdout.resume();
const workers = [0, 1].map(() => start(['sweep-worker'], redis.url));
let [begun, killed] = [0, 0];
for (const worker of workers) {
  createInterface(worker.stdout).on('line', (line) => {
    if (!line.endsWith('begins')) return;
    begun += 1;
    // In the middle of a trial of the first worker, which is not replaced.
    if (worker === workers[0] && begun >= 8 && killed === 0) {
      killed = begun;
      setTimeout(() => worker.kill('SIGKILL'), 700);
    }
  });
}
await once(together, 'exit');
for (const worker of workers) worker.kill('SIGTERM');
await redis.stop();

const read = (name) =>
  new Map(
    readFileSync(join(folder, name, 'results.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .map(({ name: trial, outcome: { value, result, error } }) => [
        trial,
        JSON.stringify({ value, result, error }),
      ]),
  );
const [one, other] = [read('alone'), read('together')];
const different = [...one].filter(([trial, outcome]) => other.get(trial) !== outcome);
console.log(
  `${one.size} trials alone, ${other.size} over two workers; one was killed in trial ${killed} of ${begun} begun; ${different.length} differ`,
);
rmSync(folder, { recursive: true, force: true });
process.exit(one.size === 24 && other.size === 24 && different.length === 0 && killed > 0 ? 0 : 1);
