import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { SessionRecord, TrainingMetrics } from '@rl-recsys/agent';
import { loadRunRecommender } from '../src/run/load-recommender.js';
import type { Table } from '../src/run/table.js';
import { testBadInput } from './bad-input.suite.js';
import { runCli, shopOptions, tableIn, temporaryFolder, writeShop, type Outcome } from './shop.js';

const folder = temporaryFolder();
const { rated } = writeShop(folder);
const run = join('runs', 'csv-seed-1');
const readRun = (file: string, name = run) => readFileSync(join(folder, name, file), 'latin1');

let trained: Outcome;
beforeAll(async () => {
  trained = await runCli(folder, 'train', ...shopOptions);
}, 120_000);

describe('train', () => {
  test('prints the table and the next command', () => {
    expect(trained).toMatchObject({ code: 0 });
    const policies = tableIn(trained.stdout).map((line) => line.split('│')[1]!.trim());
    const simple = ['random', 'popularity', 'item mean'];
    const strong = ['iALS', 'item-kNN', 'EASE', 'SLIT'];
    const names = [...simple, ...strong, 'matrix factorisation', 'DRR', 'oracle'];
    const isRival = (name: string) => /^popularity$|, the best single (block|model)$/.test(name);
    for (const table of [policies.slice(0, policies.length / 2), policies.slice(policies.length / 2)]) {
      expect(table.slice(0, 12)).toEqual(['policy', ...names, 'DRR less … (95 % over users)']);
      expect(table.slice(12).map(isRival)).toEqual([true, true]);
    }
    expect(trained.stdout).toMatch(/whole catalogue, as `recommend` does: \d+ of 30 users/);
    expect(trained.stdout).toContain(
      'Ordering what users rated later: 30 of 30 users, who rated 5 or more items',
    );
    expect(trained.stdout).toContain(`npm run recommend -- --run ${run} --user c-0 -k 10`);
    expect(trained.stdout).toContain(`npm run evaluate -- --run ${run}\n`);
  });

  test('shows how far it is in plain lines where that takes longer than three seconds, none wider than 80 characters', () => {
    const lines = trained.stderr.trim().split('\n');
    for (const line of lines.filter((each) => each !== '')) {
      expect(line).toMatch(
        /^(reading|embeddings|training|evaluating) +[\d,]+(\/[\d,]+)? (s|sweeps|steps|policies)( \| .*)?$/,
      );
      expect(line.length).toBeLessThan(80);
    }
    for (const line of tableIn(trained.stdout)) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('saves the recommender, options, table, metrics, a report and its last checkpoint, and nothing else', () => {
    const files = readdirSync(join(folder, run), { recursive: true }).map(String);
    expect(files.sort()).toEqual([
      ...['checkpoints', 'checkpoints/checkpoint-000001-0000.bin', 'checkpoints/checkpoint-000001.json'],
      ...['manifest.json', 'metrics.jsonl', 'options.json', 'recommender.bin', 'report.html'],
      ...['run.json', 'sessions.jsonl', 'table.json'],
    ]);
    expect(readdirSync(join(folder, 'runs'))).toEqual(['csv-seed-1']);
  });

  test('writes finite metrics', () => {
    const lines = readRun('metrics.jsonl').trim().split('\n');
    const metrics = lines.map((line) => JSON.parse(line) as TrainingMetrics);
    expect(metrics.at(-1)!.step).toBe(60);
    for (const { reward, figures } of metrics.slice(10)) {
      for (const figure of [reward, figures['criticLoss'], figures['actorLoss']])
        expect(Number.isFinite(figure)).toBe(true);
    }
  });

  test('tells of values, errors, priorities and some sessions', () => {
    const lines = readRun('metrics.jsonl').trim().split('\n');
    const { figures, histograms } = JSON.parse(lines.at(-1)!) as TrainingMetrics;
    expect(figures['maxQ']).toBeGreaterThanOrEqual(figures['meanQ']!);
    expect(Object.keys(histograms)).toEqual(['tdErrors', 'priorities']);
    const [session] = readRun('sessions.jsonl').trim().split('\n');
    const { user, shown } = JSON.parse(session!) as SessionRecord<string, string>;
    expect(user).toMatch(/^c-\d+$/);
    expect(shown).toHaveLength(5);
    expect(shown[0]!.item).toMatch(/^p-\d+$/);
    expect(shown[0]!.parts).toBeNull(); // the paper's action has none
  });

  test('its metrics are written as CSV', async () => {
    const { stdout, code } = await runCli(folder, 'metrics', '--run', run);
    expect(code).toBe(0);
    const [heading, ...rows] = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    expect(heading!.slice(0, 4)).toEqual(['step', 'episodes', 'seconds', 'reward']);
    expect(rows).toHaveLength(readRun('metrics.jsonl').trim().split('\n').length);
    const written = await runCli(folder, 'metrics', '--run', run, '--csv', 'metrics.csv');
    expect(written.stdout).toBe(`Wrote metrics.csv: ${rows.length} lines.\n`);
    expect(readFileSync(join(folder, 'metrics.csv'), 'utf8')).toBe(stdout);
  });
});

test('the oracle is best and the state module has learned', async () => {
  const { rows } = JSON.parse(readRun('table.json')) as Table;
  const best = rows.find(({ policy }) => policy === 'oracle')!;
  for (const { fullRanking, reranking } of rows) {
    expect(fullRanking.precision).toBeLessThanOrEqual(best.fullRanking.precision!);
    expect(reranking.precision).toBeLessThanOrEqual(best.reranking.precision!);
  }
  const { parts } = await loadRunRecommender(join(folder, run));
  if (!('tables' in parts && 'stateLayer' in parts.savedPolicy))
    throw new TypeError('policy: expected one of vectors');
  const [weights] = parts.savedPolicy.stateLayer.weights;
  expect(weights).toHaveLength(4);
  expect(Array.from(weights!)).not.toEqual([1, 1, 1, 1]);
});

test('evaluate repeats the figures to the last digit, writes the report again as training did, and the run is whole', async () => {
  const written = readRun('report.html');
  expect(written).toContain('<h2>Verdict</h2>');
  expect(written).toContain('npm run train -- --dataset csv --ratings shop.csv');
  writeFileSync(join(folder, run, 'report.html'), 'gone');
  expect(await runCli(folder, 'evaluate', '--run', run)).toMatchObject({ code: 1 }); // a file that has changed
  writeFileSync(join(folder, run, 'report.html'), written, 'latin1');
  const { stdout, code } = await runCli(folder, 'evaluate', '--run', run);
  expect(code).toBe(0);
  expect(tableIn(stdout)).toEqual(tableIn(trained.stdout));
  expect(stdout).toContain(`Wrote ${run}/report.html again.`);
  expect(readRun('report.html') === written).toBe(true);
}, 120_000);

test('with --json a program reads the result, and with --quiet nothing else is said', async () => {
  const [json, quiet, asked] = await Promise.all([
    runCli(folder, 'evaluate', '--run', run, '--json'),
    runCli(folder, 'evaluate', '--run', run, '--quiet'),
    runCli(folder, 'recommend', '--run', run, '--user', 'c-7', '-k', '3', '--json'),
  ]);
  expect((JSON.parse(json.stdout) as { table: Table }).table).toEqual(JSON.parse(readRun('table.json')));
  expect(json.stderr).toContain('report.html again.');
  expect(quiet.stdout.trim()).toBe(
    trained.stdout.slice(trained.stdout.indexOf('Recommending'), trained.stdout.indexOf('\nSaved')).trim(),
  );
  expect(quiet.stderr).toBe('');
  const { user, recommended } = JSON.parse(asked.stdout) as { user: string; recommended: { item: string }[] };
  expect(user).toBe('c-7');
  expect(recommended).toHaveLength(3);
  for (const { item } of recommended) expect(item).toMatch(/^p-/);
}, 120_000);

test('recommend gives ids that the user has never rated', async () => {
  const { stdout, code } = await runCli(folder, 'recommend', '--run', run, '--user', 'c-7', '-k', '10');
  expect(code).toBe(0);
  const [likes, recommended] = stdout.split('Recommended:').map((part) => part.match(/p-\d+/g) ?? []);
  expect(recommended).toHaveLength(10);
  expect(new Set(recommended).size).toBe(10);
  for (const item of recommended!) expect(rated.get('c-7')!.has(item)).toBe(false);
  for (const item of likes!) expect(rated.get('c-7')!.has(item)).toBe(true);
  const scores = Array.from(stdout.matchAll(/(-?\d\.\d{4}) │/g), (match) => Number(match[1]));
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
}, 60_000);

test('recommend gives somebody whom the run does not know what is popular, and says so on stderr', async () => {
  const args = ['recommend', '--run', run, '--user', 'bob', '-k', '3'];
  const { stdout, stderr, code } = await runCli(folder, ...args);
  expect(code).toBe(0);
  expect(stderr).toBe(
    "bob is none of the run's 30 users (such as c-0, c-1, c-2): these items are popular with them\n",
  );
  expect(stdout).toMatch(/^Recommended:\n/);
  const counts = new Map<string, number>();
  for (const items of rated.values()) for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  const mine = stdout.match(/p-\d+/g)!.map((item) => counts.get(item)!);
  expect(mine).toEqual([...counts.values()].sort((a, b) => b - a).slice(0, 3));
}, 60_000);

describe('bad input ends in one line that says what is wrong', () => {
  testBadInput(folder, [
    ["unknown option '--stepz' (Did you mean --steps?)", ['train', '--stepz', '3']],
    [
      'broken.csv, line 3: expected a number in column stars, got "x"',
      ['train', ...shopOptions, '--ratings', 'broken.csv'],
    ],
    ['runs/none: expected the folder of a run, but there is none', ['evaluate', '--run', 'runs/none']],
  ]);

  test('a damaged run', async () => {
    const damaged = join('runs', 'damaged');
    cpSync(join(folder, run), join(folder, damaged), { recursive: true });
    appendFileSync(join(folder, damaged, 'recommender.bin'), 'x');
    const { code, stderr } = await runCli(folder, 'evaluate', '--run', damaged);
    expect(code).toBeGreaterThan(0);
    expect(stderr).toBe(
      `error: ${join(damaged, 'recommender.bin')}: the run is damaged, this file has changed\n`,
    );
    expect(existsSync(join(folder, damaged))).toBe(true);
  }, 60_000);
});
