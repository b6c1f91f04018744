import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { cli, runCli, shopColumns, shopOptions, temporaryFolder, writeShop, type Outcome } from './shop.js';

const pendulum = fileURLToPath(import.meta.resolve('@rl-recsys/examples/pendulum')).replace('.js', '-v1.js');
// Each test starts several processes, one after the other.
jest.setTimeout(300_000);

/** Many times in a short training; each time waits for the disk. */
const often = ['--checkpoint-minutes', '0.001'];

/** Runs the command line, and sends its process a signal when it has written so many checkpoints. */
function stopAfter(
  folder: string,
  run: string,
  checkpoints: number,
  signal: NodeJS.Signals,
  args: string[],
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, ...args], { cwd: folder });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data) => (stdout += String(data)));
    child.stderr.on('data', (data) => (stderr += String(data)));
    const place = join(folder, 'runs', run, 'checkpoints');
    const newest = () =>
      Math.max(
        0,
        ...(existsSync(place) ? readdirSync(place) : []).map((name) =>
          Number(/^checkpoint-(\d+)\.json$/.exec(name)?.[1] ?? 0),
        ),
      );
    const start = newest();
    const timer = setInterval(() => {
      if (newest() - start < checkpoints) return;
      clearInterval(timer);
      child.kill(signal);
    }, 2);
    child.on('close', (code) => {
      clearInterval(timer);
      resolve({ code: code ?? -1, stdout, stderr });
    });
  });
}

/** What a run on a log or an environment leaves, but for times and names. */
function endOf(folder: string, run: string): unknown {
  const read = (file: string) => {
    const path = join(folder, 'runs', run, file);
    return existsSync(path) ? readFileSync(path) : undefined;
  };
  const lines = String(read('metrics.jsonl')).trim().split('\n');
  return {
    ...{ agent: read('agent.bin'), recommender: read('recommender.bin'), episodes: read('episodes.jsonl') },
    table: read('table.json'),
    metrics: lines.map((line) => ({ ...(JSON.parse(line) as object), seconds: 0, stepsPerSecond: 0 })),
  };
}

const kinds: Record<string, string[]> = {
  'TD3 on Pendulum-v1': ['--env', pendulum, '--steps', '1400', '--checkpoint-minutes', '0.001'],
  "the paper's variant, prioritized": [...shopOptions, '--steps', '300', ...often],
  'the gated variant with two threads': [...shopColumns, '--steps', '3840', '--threads', '2', ...often],
};

describe.each(Object.entries(kinds))('%s', (_, options) => {
  test('stopped by signals and a kill, and resumed in new processes, ends as one that was not stopped', async () => {
    const folder = temporaryFolder();
    writeShop(folder);
    const train = (name: string) => ['train', ...options, '--name', name];
    expect((await runCli(folder, ...train('whole'))).code).toBe(0);
    const resume = ['train', '--resume', 'runs/parts'];
    const stopped = [
      await stopAfter(folder, 'parts', 2, 'SIGINT', train('parts')),
      await stopAfter(folder, 'parts', 1, 'SIGKILL', resume),
      await stopAfter(folder, 'parts', 1, 'SIGTERM', resume),
    ];
    expect(stopped.map(({ code }) => code)).toEqual([130, -1, 143]);
    expect(stopped[0]!.stdout).toMatch(
      /Stopped after \d+ steps, and saved. To go on:\n.* train --resume runs\/parts/,
    );
    expect((await runCli(folder, 'evaluate', '--run', 'runs/parts')).stderr).toContain('train --resume');
    const { code, stdout, stderr } = await runCli(folder, ...resume);
    expect({ code, error: stderr.includes('error') }).toEqual({ code: 0, error: false });
    expect(stdout).toMatch(/^Going on with runs\/parts from step \d+ of \d+\./m);
    expect(endOf(folder, 'parts')).toEqual(endOf(folder, 'whole'));
  });
});

describe('a run that was stopped', () => {
  const folder = temporaryFolder();
  const train = ['train', ...shopOptions, '--steps', '120'];
  const run = join(folder, 'runs', 'csv-seed-1');

  beforeAll(async () => {
    writeShop(folder);
    const { code } = await stopAfter(folder, 'csv-seed-1', 1, 'SIGINT', [...train, ...often]);
    expect(code).toBe(130);
  });

  test('is found by the next of the same name, which says how to go on', async () => {
    const named = await runCli(folder, ...train, '--name', 'csv-seed-1');
    expect(named.code).toBe(1);
    expect(named.stderr).toBe(
      'error: --name: expected a new name, but the run runs/csv-seed-1 was stopped before its end; to go on with it: npm run train -- --resume runs/csv-seed-1\n',
    );
    const another = await runCli(folder, ...train);
    expect(another.stdout).toContain('The run runs/csv-seed-1 was stopped before its end');
    expect(existsSync(join(folder, 'runs', 'csv-seed-1-2', 'manifest.json'))).toBe(true);
  });

  test.each([
    [['--seed', '2'], '--seed: expected nothing beside --resume but --steps'],
    [['--dataset', 'ml-100k'], '--dataset: expected nothing beside --resume'],
    [['--steps', '60'], '--steps: expected the 120 of the run or more, got 60'],
    [['--steps', 'many'], '--steps: expected the 120 of the run or more, got "many"'],
  ])('refuses %s beside --resume', async (beside, message) => {
    const { code, stderr } = await runCli(folder, 'train', '--resume', 'runs/csv-seed-1', ...beside);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });

  test('goes on with the ratings that it had, and no others', async () => {
    const ratings = readFileSync(join(folder, 'shop.csv'), 'utf8');
    writeFileSync(join(folder, 'shop.csv'), ratings.replace(/;\d;(\d+)$/m, ';1;$1').replace(/\n[^\n]*$/, ''));
    const { code, stderr } = await runCli(folder, 'train', '--resume', 'runs/csv-seed-1');
    writeFileSync(join(folder, 'shop.csv'), ratings);
    expect(code).toBe(1);
    expect(stderr).toBe(
      'error: --resume: expected the ratings that runs/csv-seed-1 was started with, got others\n',
    );
  });

  test('passes over a damaged checkpoint, and says which', async () => {
    const place = join(run, 'checkpoints');
    const newest = readdirSync(place)
      .filter((name) => name.endsWith('.bin'))
      .sort()
      .at(-1)!;
    writeFileSync(join(place, newest), 'x');
    const { code, stderr } = await runCli(folder, 'train', '--resume', 'runs/csv-seed-1');
    expect(code).toBe(0);
    expect(stderr).toContain(`runs/csv-seed-1/checkpoints: passed over, ${newest}: has changed\n`);
  });

  test('and came to its end can be made longer, which says what that means', async () => {
    const { code, stderr } = await runCli(folder, 'train', '--resume', 'runs/csv-seed-1');
    expect(code).toBe(1);
    expect(stderr).toBe('error: --resume: runs/csv-seed-1 has made its 120 steps; --steps makes it longer\n');
    const longer = await runCli(folder, 'train', '--resume', 'runs/csv-seed-1', '--steps', '150');
    expect(longer.code).toBe(0);
    expect(longer.stdout).toContain('It was to make 120 steps: from here on');
    const last = readFileSync(join(run, 'metrics.jsonl'), 'utf8').trim().split('\n').at(-1)!;
    expect(JSON.parse(last)).toMatchObject({ step: 150 });
    rmSync(join(run, 'checkpoints'), { recursive: true });
    const without = await runCli(folder, 'train', '--resume', 'runs/csv-seed-1', '--steps', '200');
    expect(without.stderr).toContain(
      'expected checkpoints in runs/csv-seed-1/checkpoints to go on from, got none',
    );
  });
});

test('a kill before the options were whole leaves a folder that the next run of the same name takes', async () => {
  const folder = temporaryFolder();
  writeShop(folder);
  const run = join(folder, 'runs', 'early');
  mkdirSync(run, { recursive: true });
  writeFileSync(join(run, '.options.json.0-1.tmp'), '{');
  const train = ['train', ...shopOptions, '--steps', '60', '--name', 'early'];
  expect(await runCli(folder, ...train)).toMatchObject({ code: 0 });
  expect((await runCli(folder, ...train)).stderr).toContain('there is a run runs/early');
});

test('a run that fails before anything is learned leaves nothing behind; no run, nothing to go on with', async () => {
  const folder = temporaryFolder();
  const missing = await runCli(folder, 'train', '--dataset', 'csv', '--ratings', 'missing.csv');
  expect(missing.code).toBe(1);
  expect(missing.stderr.trim().split('\n')).toHaveLength(1);
  expect(readdirSync(join(folder, 'runs'))).toEqual([]);
  const { code, stderr } = await runCli(folder, 'train', '--resume', 'runs/none');
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'error: --resume: expected the folder of a run, got runs/none\n',
  });
});
