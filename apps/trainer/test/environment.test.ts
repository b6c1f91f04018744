import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { firstNotFinite } from '@rl-recsys/random';
import { decodeSaved } from '@rl-recsys/recommender';
import { loadRunRecommender } from '../src/run/load-recommender.js';
import { options, writeEnvironment } from './line.js';
import { runCli, temporaryFolder, type Outcome } from './shop.js';

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

test('one that fails on the way ends the run: the cause is shown, what was learned is saved', async () => {
  const folder = temporaryFolder();
  writeEnvironment(
    folder,
    "if (steps > 700) return Promise.reject(new Error('the line is cut')); // as a remote one would",
  );
  const { code, stderr } = await runCli(folder, ...options);
  expect(code).toBeGreaterThan(0);
  expect(stderr).toContain('error: the line is cut');
  expect(readdirSync(join(folder, 'runs/line'))).toEqual(
    expect.arrayContaining(['agent.bin', 'episodes.jsonl']),
  );
}, 120_000);

test('one that never answers ends the run in time, and what was learned is saved', async () => {
  const folder = temporaryFolder();
  writeEnvironment(folder, 'if (steps > 850) return new Promise(() => {});');
  const { code, stderr } = await runCli(folder, ...options, '--step-timeout', '0.5');
  expect(code).toBe(1);
  expect(stderr).toContain('error: step: expected an answer within 500 ms, got none');
  expect(readdirSync(join(folder, 'runs/line'))).toEqual(expect.arrayContaining(['agent.bin']));
  const refused = await runCli(folder, ...options, '--step-timeout', 'soon');
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^error: --step-timeout: .*number/),
  });
}, 120_000);

test('a reward that nothing can be learned from ends the run, and nothing that is not finite is saved', async () => {
  const folder = temporaryFolder();
  writeEnvironment(
    folder,
    'if (steps > 850) return { observation: Float32Array.of(place), reward: 1e38, terminated: false, truncated: false, info: {} };',
  );
  const { code, stderr } = await runCli(folder, ...options);
  expect(code).toBe(1);
  expect(stderr).toContain('error: reward: expected a number within');
  const saved = decodeSaved(readFileSync(join(folder, 'runs/line/agent.bin')));
  expect(firstNotFinite(saved, 'agent')).toBeUndefined();
}, 120_000);

describe('a recommender', () => {
  const folder = temporaryFolder();
  const shop = fileURLToPath(new URL('../../examples/dist/shop-visits.js', import.meta.url));
  const ask = async (name: string, ...who: string[]) => {
    const { code, stdout, stderr } = await runCli(folder, 'recommend', '--run', `runs/${name}`, ...who);
    expect([code, stderr]).toEqual([0, '']);
    const [liked, recommended] = stdout
      .split('Recommended:')
      .map((part) => part.match(/(?<=^│ )\d+/gm) ?? []);
    return { stdout, liked, recommended: recommended! };
  };
  let trained: Outcome;
  beforeAll(async () => {
    trained = await runCli(
      folder,
      'train',
      '--env',
      shop,
      '--batch-size',
      '16',
      '--steps',
      '1600',
      '--name',
      'shop',
    );
  }, 120_000);

  test('that brings no embeddings is trained by the default variant, on vectors of random play', () => {
    expect(trained.code).toBe(0);
    expect(trained.stdout).toMatch(/random actions [^]*best fixed list [^]*residual /);
    expect(trained.stdout).toMatch(
      /^looking ahead, γ = 0\.9 instead of 0: [+−]\d+\.\d\d ± \d+\.\d\d reward of a session; γ = /m,
    );
    const files = readdirSync(join(folder, 'runs/shop'));
    expect(files).toEqual(
      expect.arrayContaining(['agent.bin', 'recommender.bin', 'metrics.jsonl', 'episodes.jsonl']),
    );
  });

  test('can be asked for its users, who are told apart by their vectors, and for new ones', async () => {
    const [third, fourth] = [await ask('shop', '--user', '3'), await ask('shop', '--user', '4')];
    expect(new Set(third.recommended).size).toBe(10);
    for (const item of third.recommended) expect(Number(item)).toBeLessThan(40);
    const scoresOf = (stdout: string) => stdout.match(/-?\d\.\d{4}/g);
    expect(scoresOf(fourth.stdout)).not.toEqual(scoresOf(third.stdout));

    const { liked, recommended } = await ask('shop', '--history', '1,2');
    expect(liked).toEqual(['2', '1']);
    expect(recommended).toHaveLength(10);
    expect(recommended).not.toContain('1');
    expect(recommended).not.toContain('2');
  }, 60_000);

  test('keeps the vectors of its users: each load has the same, another seed others', async () => {
    const vectorsOf = async (name: string) => {
      const { parts } = await loadRunRecommender(join(folder, 'runs', name));
      return 'tables' in parts ? parts.tables.users.vectors : undefined;
    };
    const usual = await vectorsOf('shop');
    expect(usual!.length % 30).toBe(0);
    expect(await vectorsOf('shop')).toEqual(usual);
    const other = ['--steps', '320', '--gamma', '0', '--seed', '2', '--name', 'other'];
    expect((await runCli(folder, 'train', '--env', shop, ...other)).code).toBe(0);
    expect(await vectorsOf('other')).not.toEqual(usual);
  }, 60_000);

  test('is evaluated beside random actions that it may take, as when it was trained', async () => {
    const evaluated = await runCli(folder, 'evaluate', '--run', 'runs/shop');
    expect(evaluated).toMatchObject({ code: 0, stderr: '' });
    const rows = evaluated.stdout.matchAll(/^│ ([a-z ]+?) +│ +(\d.*) │$/gm);
    const table = Array.from(rows, ([, name, figures]) => [name, ...figures!.split(/ │ +/).map(Number)]);
    expect(table.map(([name]) => name)).toEqual(['random actions', 'best fixed list', 'residual']);
    expect(trained.stdout).toContain(evaluated.stdout.replace(/Wrote .* again\.\n$/, ''));
    for (const [, mean, deviation, least, most] of table as [string, number, number, number, number][]) {
      expect(least).toBeLessThan(mean);
      expect(mean).toBeLessThan(most);
      expect(deviation).toBeGreaterThan(0);
    }
  }, 60_000);

  test('that earns the same whatever is shown is refused with a sentence', async () => {
    const write = (name: string, code: string) =>
      writeFileSync(join(folder, name), `import make from '${shop}';\n${code}`);
    write(
      'flat.mjs',
      'export default () => { const shop = make(); return { ...shop, step: async (a) => ({ ...(await shop.step(a)), reward: 1 }) }; };',
    );
    const refusal = async (...more: string[]) =>
      (await runCli(folder, 'train', '--steps', '100', ...more)).stderr;
    expect(await refusal('--env', 'flat.mjs')).toContain(
      '--env: expected rewards that differ, got 1 for all of 20 items shown at random',
    );
  }, 60_000);
});

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
