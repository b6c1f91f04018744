import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { runCli, shopOptions, temporaryFolder, writeShop } from './shop.js';
import { often, stopAfter, stoppedShop } from './stopped.js';

// Each test starts several processes, one after the other.
jest.setTimeout(300_000);

describe('a run that was stopped', () => {
  const { folder, train, run } = stoppedShop();

  test('is found by the next of the same name, which says how to go on', async () => {
    const named = await runCli(folder, ...train, '--name', 'csv-seed-1');
    expect(named.code).toBe(1);
    expect(named.stderr).toBe(
      'error: --name: expected a new name, but the run runs/csv-seed-1 was stopped before its end; to go on with it: npm run train -- --resume runs/csv-seed-1\n',
    );
    const another = await stopAfter(folder, 'csv-seed-1-2', 1, 'SIGINT', [...train, ...often]);
    expect(another.stdout).toContain('The run runs/csv-seed-1 was stopped before its end');
    expect(another.stdout).toMatch(/ and saved. To go on:\n.* train --resume runs\/csv-seed-1-2\n$/);
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

  test('and came to its end can be made longer, which says what that means', async () => {
    expect(await runCli(folder, 'train', '--resume', 'runs/csv-seed-1')).toMatchObject({ code: 0 });
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
