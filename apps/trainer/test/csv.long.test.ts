import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runCli, shopColumns, temporaryFolder, writeShop } from './shop.js';

const folder = temporaryFolder();

test('--dataset csv and --dataset events end in the same table', async () => {
  const { file } = writeShop(folder);
  const run = async (name: string, ...source: string[]) => {
    const given = [...shopColumns.slice(4), '--steps', '64', '--name', name, '--minimum-per-user', '2'];
    expect(await runCli(folder, 'train', ...source, ...given)).toMatchObject({ code: 0 });
    return readFileSync(join(folder, 'runs', name, 'table.json'), 'utf8');
  };
  const csv = await run('csv', '--dataset', 'csv', '--ratings', file);
  expect(await run('events', '--dataset', 'events', '--data', file)).toBe(csv);
}, 60_000);
