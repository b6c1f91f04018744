import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { startRedis } from '@rl-recsys/distributed';
import { hasRedis, tlsRedis } from '@rl-recsys/testing';
import { cli, runCli, shopColumns, temporaryFolder, writeShop } from './shop.js';

const environmentPackage = JSON.stringify(
  new URL('../../../packages/environment/dist/index.js', import.meta.url).href,
);

/** Walk along a line towards 0; a step takes two milliseconds. @param before - what is done before each step. */
function writeEnvironment(folder: string, before = ''): void {
  writeFileSync(
    join(folder, 'line.mjs'),
    `import { box, orderEnforcing, timeLimit } from ${environmentPackage};
export default () => {
  let place = 0;
  return orderEnforcing(timeLimit({
    observationSpace: box({ low: -10, high: 10, length: 1 }),
    actionSpace: box({ low: -1, high: 1, length: 1 }),
    reset: ({ seed = 1 } = {}) => ({ observation: Float32Array.of((place = 5 * Math.sin(seed))), info: {} }),
    async step([move]) {
      ${before}
      await new Promise((resolve) => setTimeout(resolve, 2));
      place = Math.max(-10, Math.min(10, place + move));
      return { observation: Float32Array.of(place), reward: -Math.abs(place), terminated: false, truncated: false, info: {} };
    },
  }, 20));
};`,
  );
}

(hasRedis() ? describe : describe.skip)('beyond one process', () => {
  test('cluster trains with actors, also where its learner is killed, and ends with the folder of a run', async () => {
    const folder = temporaryFolder();
    writeEnvironment(folder);
    const line = ['cluster', '--actors', '2', '--env', 'line.mjs', '--steps', '1400', '--name', 'line'];
    const command = spawn(process.execPath, [cli, ...line, '--checkpoint-minutes', '0.005'], { cwd: folder });
    let printed = '';
    command.stdout.on('data', (data) => (printed += String(data)));
    command.stderr.on('data', (data) => (printed += String(data)));
    const ended = new Promise((resolve) => command.once('exit', resolve));
    const run = join(folder, 'runs', 'line');
    const hasCheckpoint = () =>
      existsSync(join(run, 'checkpoints')) &&
      readdirSync(join(run, 'checkpoints'), { recursive: true }).some((name) =>
        String(name).endsWith('.json'),
      );
    while (!hasCheckpoint() && command.exitCode === null) await sleep(20);
    process.kill(Number(readFileSync(join(run, '.running'), 'utf8')), 'SIGKILL');
    expect(await ended).toBe(0);
    expect(printed).toContain('the learner was ended by SIGKILL; another takes its place');
    expect(printed).toMatch(/Going on with runs\/line from step [1-9]/);
    expect(printed).toMatch(/│ random actions .*\n│ td3 /);
    const episodes = readFileSync(join(run, 'episodes.jsonl'), 'utf8').trim().split('\n');
    expect(episodes.length).toBeGreaterThanOrEqual(66); // of 20 steps each, but those under way
    expect(episodes.length).toBeLessThanOrEqual(70);
    const metrics = readFileSync(join(run, 'metrics.jsonl'), 'utf8').trim().split('\n');
    expect(JSON.parse(metrics.at(-1)!)).toMatchObject({ step: 1400 });
    const evaluated = await runCli(folder, 'evaluate', '--run', 'runs/line');
    expect(evaluated).toMatchObject({ code: 0, stderr: '' });
    expect(printed).toContain(evaluated.stdout.slice(0, evaluated.stdout.indexOf('Wrote ')).trim());
  }, 120_000);

  test('cluster trains on ratings, and ends with the table and the folder of train', async () => {
    const folder = temporaryFolder();
    writeShop(folder);
    const line = ['--actors', '2', ...shopColumns, '--steps', '6400', '--name', 'shop'];
    const { code, stdout } = await runCli(folder, 'cluster', ...line);
    expect(code).toBe(0);
    expect(stdout).toMatch(/│ DRR {2,}│/);
    const metrics = readFileSync(join(folder, 'runs', 'shop', 'metrics.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(JSON.parse(metrics.at(-1)!)).toMatchObject({
      step: 6400,
      figures: { staleness: expect.any(Number) },
    });
    const evaluated = await runCli(folder, 'evaluate', '--run', 'runs/shop');
    expect(evaluated).toMatchObject({ code: 0, stderr: '' });
    expect(stdout).toContain(evaluated.stdout.trim().split('\n\n')[0]);
    const asked = await runCli(folder, 'recommend', '--run', 'runs/shop', '--user', 'c-1');
    expect(asked.code).toBe(0);
  }, 120_000);

  test('cluster ends where its actors can not act, and keeps what was learned', async () => {
    const folder = temporaryFolder();
    writeEnvironment(
      folder,
      "if (process.argv[2] === 'cluster-actor') throw new Error('the simulator has gone');",
    );
    const line = ['--actors', '1', '--env', 'line.mjs', '--steps', '1000', '--name', 'line'];
    const { code, stderr } = await runCli(folder, 'cluster', ...line);
    expect(code).toBe(1);
    expect(stderr).toContain('the simulator has gone');
    expect(stderr).toMatch(/error: an actor was ended by an error 5 times soon after its start\n$/);
  }, 120_000);

  test('a sweep by workers that meet by TLS, of which one is killed, comes to what it does alone', async () => {
    const folder = temporaryFolder();
    writeEnvironment(folder);
    const sweep = {
      train: { env: 'line.mjs', variant: 'td3', steps: 150 },
      ...{ seeds: [1], grid: { gamma: [0.5, 0.9] } },
    };
    writeFileSync(join(folder, 'sweep.json'), JSON.stringify(sweep));
    const alone = await runCli(folder, 'sweep', 'sweep.json', '--output', 'alone', '--jobs', '2');
    expect(alone.code).toBe(0);
    const redisFolder = temporaryFolder();
    const tls = await tlsRedis(redisFolder);
    const redis = await startRedis({ folder: redisFolder, port: tls.port, lines: tls.lines });
    const url = redis.url.replace('redis:', 'rediss:');
    const unknown = await runCli(folder, 'sweep-worker', '--redis', url);
    expect(unknown.stderr).toMatch(
      /^error: Redis at 127.0.0.1:\d+: Redis can not be reached by TLS: self-signed/m,
    );
    process.env['NODE_EXTRA_CA_CERTS'] = tls.certificate; // of the processes that are started from here on
    const worker = () =>
      spawn(process.execPath, [cli, 'sweep-worker', '--redis', url], {
        ...{ cwd: folder, env: process.env, stdio: ['ignore', 'pipe', 'inherit'] },
      });
    const doomed = worker();
    doomed.stdout.on('data', (data) => {
      if (String(data).includes('begins')) doomed.kill('SIGKILL');
    });
    const other = worker();
    const together = await runCli(folder, 'sweep', 'sweep.json', '--output', 'together', '--redis', url);
    other.kill('SIGTERM');
    await redis.stop();
    expect(together.code).toBe(0);
    const outcomes = (name: string) =>
      readFileSync(join(folder, name, 'results.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { name: string; outcome: { value: number; result: unknown } })
        .map(({ name: trial, outcome: { value, result } }) => JSON.stringify([trial, value, result]))
        .sort();
    expect(outcomes('together')).toEqual(outcomes('alone'));
    expect(outcomes('alone')).toHaveLength(2);
    // What is done is not done again.
    const again = await runCli(folder, 'sweep', 'sweep.json', '--output', 'alone', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ sweep: 'alone' });
    expect(readFileSync(join(folder, 'alone', 'report.html'), 'utf8')).toContain('<h1>alone</h1>');
    expect(JSON.parse(readFileSync(join(folder, 'alone', 'best.json'), 'utf8'))).toMatchObject(sweep.train);
  }, 120_000);
});
