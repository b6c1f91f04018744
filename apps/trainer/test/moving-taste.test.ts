import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Table } from '../src/run/table.js';
import { runCli, tableIn, temporaryFolder } from './shop.js';

const folder = temporaryFolder();

test('the default run needs no data, and its table has what sessions are worth', async () => {
  const trained = await runCli(folder, 'train', '--steps', '2560');
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
}, 240_000);
