import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { options, writeEnvironment } from './line.js';
import { runCli, temporaryFolder } from './shop.js';

test('an environment of a box of actions is trained and saved', async () => {
  const folder = temporaryFolder();
  writeEnvironment(folder);
  const { code, stdout } = await runCli(folder, ...options);
  expect(code).toBe(0);
  expect(stdout).toContain(`Saved what was learned to ${join('runs', 'line')}`);
  const episodesBegin = 'line.mjs: has no state() and restore(): if this run is stopped, its episodes begin';
  expect(stdout.split(episodesBegin)).toHaveLength(2); // said once
  const files = readdirSync(join(folder, 'runs/line'));
  expect(files).toEqual(
    expect.arrayContaining([
      ...['agent.bin', 'metrics.jsonl', 'options.json', 'episodes.jsonl'],
      ...['run.json', 'returns.json', 'report.html'],
    ]),
  );
  const report = readFileSync(join(folder, 'runs/line/report.html'), 'utf8');
  expect(report).toMatch(/<h2>Verdict<\/h2>[^]*td3[^]*random actions/);
  expect(report).toContain('--env line.mjs --steps 1100 --name line</code>');
  expect(readFileSync(join(folder, 'runs/line/episodes.jsonl'), 'utf8').trim().split('\n')).toHaveLength(55);

  const evaluated = await runCli(folder, 'evaluate', '--run', './runs//line/');
  expect(evaluated).toMatchObject({ code: 0, stderr: '' });
  expect(evaluated.stdout).toMatch(/^│ random actions .*\n│ td3 /m);
  const [table, written] = evaluated.stdout.split('Wrote ');
  expect(stdout).toContain(table);
  expect(written).toBe('runs/line/report.html again.\n');
  expect(readFileSync(join(folder, 'runs/line/report.html'), 'utf8')).toBe(report);

  const compared = await runCli(folder, 'compare', 'runs/line', 'runs/line');
  expect(compared).toMatchObject({ code: 0, stderr: '' });
  expect(compared.stdout).toMatch(/^│ mean return +│ (-?[\d.]+) +│ \1 +│$/m);
  expect(await runCli(folder, 'recommend', '--run', './runs//line/', '--user', '0')).toEqual({
    ...{ code: 1, stdout: '' },
    stderr: 'error: runs/line: expected a run that recommends items, got one of numbers or choices\n',
  });
}, 120_000);

test('a broken one is refused with what the checker found, and nothing is saved', async () => {
  const folder = temporaryFolder();
  writeEnvironment(
    folder,
    'return { observation: Float32Array.of(99), reward: NaN, terminated: 0, truncated: false, info: {} };',
  );
  const { code, stderr } = await runCli(folder, ...options);
  expect(code).toBeGreaterThan(0);
  expect(stderr).toMatch(/error .*reward/);
  expect(stderr).toMatch(/line.mjs: the environment breaks \d+ rule/);
  expect(readdirSync(folder)).toEqual(['line.mjs']);
}, 60_000);

test('a recommender is trained by the default variant, and can be asked for its users', async () => {
  const folder = temporaryFolder();
  const shop = fileURLToPath(new URL('../../examples/dist/shop-visits.js', import.meta.url));
  const few = ['--steps', '320', '--gamma', '0', '--batch-size', '16', '--name', 'shop'];
  const { code, stdout } = await runCli(folder, 'train', '--env', shop, ...few);
  expect(code).toBe(0);
  expect(stdout).toMatch(/random actions [^]*best fixed list [^]*residual /);
  const asked = await runCli(folder, 'recommend', '--run', 'runs/shop', '--user', '3');
  expect(asked).toMatchObject({ code: 0, stderr: '' });
  expect(asked.stdout.split('Recommended:')[1]!.match(/(?<=^│ )\d+/gm)).toHaveLength(10);
}, 60_000);

test('a variant that learns other environments is refused', async () => {
  const folder = temporaryFolder();
  writeEnvironment(folder);
  const { code, stderr } = await runCli(folder, ...options, '--variant', 'paper');
  expect(code).toBe(1);
  expect(stderr).toBe(
    'error: --variant: expected td3 for line.mjs, got paper, which learns an environment that recommends items\n',
  );
});

test.each([
  ['none.mjs', [], 'none.mjs: expected the module of an environment, but there is no file FOLDER/none.mjs'],
  ['empty.mjs', [], 'empty.mjs: expected a default export that makes an environment, got undefined'],
  ['broken.mjs', [], 'broken.mjs: could not be loaded: SyntaxError: Unexpected end of input'],
  [
    'empty.mjs',
    ['--dataset', 'ml-1m'],
    '--env: expected without --dataset, since an environment brings its own users',
  ],
])('a module that is no environment ends in one line: %s %s', async (module, more, message) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'empty.mjs'), 'export const nothing = 1;');
  writeFileSync(join(folder, 'broken.mjs'), 'export default (');
  const { stderr } = await runCli(folder, 'train', '--env', module, ...more);
  expect(stderr).toBe(`error: ${message.replace('FOLDER', folder)}\n`);
});
