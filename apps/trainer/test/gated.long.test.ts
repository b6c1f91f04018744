import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Table } from '../src/run/table.js';
import { runCli, shopColumns, temporaryFolder, writeShop } from './shop.js';

const folder = temporaryFolder();
writeShop(folder);
const train = (name: string, ...others: string[]) =>
  runCli(folder, 'train', ...shopColumns, '--steps', '1280', '--name', name, ...others);
const tableOf = (name: string) =>
  JSON.parse(readFileSync(join(folder, 'runs', name, 'table.json'), 'utf8')) as Table;

test('is the same run for the same seed', async () => {
  for (const name of ['one', 'again']) expect(await train(name)).toMatchObject({ code: 0 });
  expect(tableOf('again')).toEqual(tableOf('one'));
}, 120_000);

test.each(['gru', 'decaying-sums'])(
  'runs with the state module %s',
  async (stateModule) => {
    const { code, stderr } = await train(
      stateModule,
      '--state-module',
      stateModule,
      '--replay',
      'prioritized',
    );
    expect({ code, errors: stderr.match(/error.*/g) }).toEqual({ code: 0, errors: null });
    const asked = await runCli(folder, 'recommend', '--run', `runs/${stateModule}`, '--user', 'c-7');
    expect(asked).toMatchObject({ code: 0, stderr: '' });
  },
  120_000,
);
