import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { runCli, shopColumns, temporaryFolder, writeShop } from './shop.js';

const folder = temporaryFolder();
writeShop(folder);
const ask = (...given: string[]) => runCli(folder, 'recommend', '--run', 'runs/shop', ...given);

beforeAll(async () => {
  const { code } = await runCli(folder, 'train', ...shopColumns, '--steps', '64', '--name', 'shop');
  expect(code).toBe(0);
}, 60_000);

test.each([
  ["--history: expected some of the run's 40 items (such as p-", ['--history', 'p-1,p-99']],
  [
    "option '--history <items>' argument 'p-1,' is invalid. Expected ids such as a,b,c.",
    ['--history', 'p-1,'],
  ],
  ['--user: expected exactly one of --user, --history and --users', []],
  ['--user: expected exactly one of --user, --history and --users', ['--user', 'c-1', '--history', 'p-1']],
  ['--output: expected with --users, and only there', ['--users', 'all']],
  ['--output: expected with --users, and only there', ['--user', 'c-1', '--output', 'x.ndjson']],
  [
    '--output: expected a file that ends in .ndjson or .parquet, got x.csv',
    ['--users', 'all', '--output', 'x.csv'],
  ],
  [
    '--users: expected a file with an id a line, or all; could not read none.txt',
    ['--users', 'none.txt', '--output', 'x.ndjson'],
  ],
  [
    '--users: expected an id a line, but empty.txt has none',
    ['--users', 'empty.txt', '--output', 'x.ndjson'],
  ],
])('%s (%j)', async (message, given) => {
  writeFileSync(join(folder, 'empty.txt'), '\n');
  const before = readdirSync(folder);
  const { code, stdout, stderr } = await ask(...given);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(`error: ${message}`);
  expect(stderr).toMatch(/^error: .*\n$/);
  expect(readdirSync(folder)).toEqual(before);
});
