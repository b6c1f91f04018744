import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runCli, shopOptions, temporaryFolder, writeShop } from './shop.js';

const folder = temporaryFolder();
writeShop(folder);
const readRun = (name: string, file: string) => readFileSync(join(folder, 'runs', name, file), 'latin1');

test('train gives the same run for the same seed, on more cores too, and another for another', async () => {
  const outcomes = await Promise.all([
    runCli(folder, 'train', ...shopOptions, '--name', 'first'),
    runCli(folder, 'train', ...shopOptions, '--name', 'again', '--threads', '2'),
    runCli(folder, 'train', ...shopOptions, '--name', 'other', '--seed', '2'),
  ]);
  expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0]);
  for (const file of ['table.json', 'recommender.bin']) {
    expect(readRun('again', file) === readRun('first', file)).toBe(true);
    expect(readRun('other', file) === readRun('first', file)).toBe(false);
  }
}, 120_000);
