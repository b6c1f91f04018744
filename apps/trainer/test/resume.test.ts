import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { runCli, temporaryFolder } from './shop.js';
import { stoppedShop } from './stopped.js';

// Each test starts several processes, one after the other.
jest.setTimeout(300_000);

describe('a run that was stopped', () => {
  const { folder, run } = stoppedShop();

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
