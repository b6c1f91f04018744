import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import type { Table } from '../src/run/table.js';
import { runCli, shopColumns, temporaryFolder, writeShop, type Outcome } from './shop.js';

const folder = temporaryFolder();
const { rated } = writeShop(folder);
const train = (name: string, ...others: string[]) =>
  runCli(folder, 'train', ...shopColumns, '--steps', '1280', '--name', name, ...others);
const tableOf = (name: string) =>
  JSON.parse(readFileSync(join(folder, 'runs', name, 'table.json'), 'utf8')) as Table;

let trained: Outcome;
beforeAll(async () => {
  trained = await train('trained');
}, 120_000);

test('is what ratings are learned by, beside its blocks and the static mix', () => {
  expect(trained).toMatchObject({ code: 0 });
  expect(trained.stdout).toMatch(
    /^looking ahead, γ = 0\.5 instead of 0: [+−]0\.\d{4} ± 0\.\d{4} NDCG@10 for users apart; γ = 0 is kept$/m,
  );
  const { rows, differences } = tableOf('trained');
  expect(rows.map(({ policy, role }) => `${policy} (${role})`)).toEqual([
    ...['random (baseline)', 'popularity (baseline)', 'item mean (baseline)', 'item-kNN (strong)'],
    ...['ratings', 'iALS', 'EASE', 'EASE, recent', 'EASE, newest', 'SLIT'].map((name) => `${name} (block)`),
    ...['static mix (mix)', 'DRR (trained)', 'oracle (oracle)'],
  ]);
  const fullRanking = differences.filter(({ of }) => of === 'fullRanking');
  expect(fullRanking.map(({ role }) => role)).toEqual(['block', 'mix', 'baseline']);
  const files = readdirSync(join(folder, 'runs/trained'));
  expect(files).toEqual(expect.arrayContaining(['recommender.bin', 'report.html']));
  expect(JSON.parse(readFileSync(join(folder, 'runs/trained/options.json'), 'utf8'))).toMatchObject({
    variant: 'gated',
    gamma: 0,
  });
});

test('evaluate repeats the figures, and recommend gives what the user has never rated; anybody can ask', async () => {
  const lines = (text: string) => text.split('\n').filter((line) => /│|^For /.test(line));
  const evaluated = await runCli(folder, 'evaluate', '--run', 'runs/trained');
  expect(lines(evaluated.stdout)).toEqual(lines(trained.stdout));
  const { stdout } = await runCli(folder, 'recommend', '--run', 'runs/trained', '--user', 'c-7', '-k', '10');
  const recommended = stdout.split('Recommended:')[1]!.match(/p-\d+/g)!;
  expect(new Set(recommended).size).toBe(10);
  for (const item of recommended) expect(rated.get('c-7')!.has(item)).toBe(false);
  const asked = await runCli(folder, 'recommend', '--run', 'runs/trained', '--history', 'p-1,p-3', '-k', '5');
  const forSomebody = asked.stdout.split('Recommended:')[1]!.match(/p-\d+/g)!;
  expect(forSomebody).toHaveLength(5);
  expect(forSomebody).not.toContain('p-1');
}, 60_000);
