import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import type { Table } from '../src/run/table.js';
import { runCli, temporaryFolder, type Outcome } from './shop.js';

const folder = temporaryFolder();
const tableIn = (text: string) => text.split('\n').filter((line) => line.startsWith('│'));

let trained: Outcome;
beforeAll(async () => {
  trained = await runCli(folder, 'train', '--steps', '2560');
}, 240_000);

test('the default run needs no data, and its table has what sessions are worth', () => {
  expect(trained).toMatchObject({ code: 0 });
  const { rows } = JSON.parse(
    readFileSync(join(folder, 'runs/moving-taste-seed-1/table.json'), 'utf8'),
  ) as Table;
  expect(rows.map(({ policy }) => policy)).toEqual([
    ...['random', 'popularity', 'item mean', 'iALS', 'item-kNN', 'EASE', 'SLIT'],
    ...['matrix factorisation', 'DRR', 'oracle'],
  ]);
  for (const { policy, session } of rows) {
    if (policy === 'oracle') expect(session).toBeUndefined();
    else expect(session!.length).toBeGreaterThan(1);
  }
  const lines = tableIn(trained.stdout);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  expect(lines.join('\n')).toMatch(/│ DRR less … .*│ NDCG@10 +│ session reward +│/);
  expect(lines.join('\n')).toMatch(/│ ([+−]\d\.\d\d|0 for everybody) +│/);
});

test('evaluate plays the same sessions again', async () => {
  const evaluated = await runCli(folder, 'evaluate', '--run', 'runs/moving-taste-seed-1');
  expect(tableIn(evaluated.stdout)).toEqual(tableIn(trained.stdout));
}, 120_000);
