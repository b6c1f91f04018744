import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, jest, test } from '@jest/globals';
import { useWasmBackend } from '../src/backend.js';
import { strongBaselines } from '../src/comparison/strong-baselines.js';
import { compared, halves, namesOf } from './halves.js';
import { cli, temporaryFolder } from './shop.js';

/** Tells at the end how many KiB a process had at most. */
const TELL_MEMORY = "process.on('exit', () => console.error('memory', process.resourceUsage().maxRSS))";

test('beyond 20,000 items models of pairs know a part, and those that begin at them are left out: both is said', async () => {
  await useWasmBackend();
  const printed = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  const log = halves(20_001, () => 5);
  const policies = await strongBaselines(log, { baselines: 'all', seed: 1 }, compared('none'));
  expect(namesOf(policies)).toEqual(['iALS', 'item-kNN', 'EASE', 'SLIT', 'BPR']);
  for (const line of [
    'GRU4Rec, SASRec: left out, as there are more than 20,000 items',
    'item-kNN, EASE, SLIT: of 20,001 items the 4,000 alone that were rated most; others score 0',
  ])
    expect(printed).toHaveBeenCalledWith(line);
  printed.mockRestore();
}, 300_000);

test('a log of 600,000 items is learned from and evaluated in 4 GiB', async () => {
  const folder = temporaryFolder();
  const rows = Array.from({ length: 600_000 }, (_, item) => {
    const user = Math.floor(item / 30_000);
    return `u${user},i${item},${1 + ((item * 7) % 5)},${item}`;
  });
  writeFileSync(join(folder, 'large.csv'), ['user,item,rating,timestamp', ...rows].join('\n'));
  const given = ['--dataset', 'csv', '--ratings', 'large.csv', '--steps', '128', '--name', 'large'];
  const env = {
    ...process.env,
    NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(TELL_MEMORY)}`,
  };
  const trained = await promisify(execFile)(process.execPath, [cli, 'train', ...given], { cwd: folder, env });
  expect(trained.stdout).toMatch(/│ DRR .*│/);
  expect(Number(/memory (\d+)/.exec(trained.stderr)![1])).toBeLessThan(4 * 2 ** 20);
}, 900_000);
