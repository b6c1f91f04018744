import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { runCli, temporaryFolder } from './shop.js';

const environmentPackage = JSON.stringify(
  new URL('../../../packages/environment/dist/index.js', import.meta.url).href,
);

/** A module as a user would write it: walk along a line towards 0; `change` breaks or alters it. */
function writeEnvironment(folder: string, change = ''): void {
  writeFileSync(
    join(folder, 'line.mjs'),
    `import { box, timeLimit } from ${environmentPackage};
export default () => {
  let place, seed = 1, steps = 0, running = false;
  const line = {
    observationSpace: box({ low: -10, high: 10, length: 1 }),
    actionSpace: box({ low: -1, high: 1, length: 1 }),
    reset(options = {}) {
      seed = options.seed ?? seed + 1;
      place = 5 * Math.sin(seed);
      running = true;
      return { observation: Float32Array.of(place), info: {} };
    },
    step(action) {
      if (!running) throw new Error('step: expected reset before it');
      place = Math.max(-10, Math.min(10, place + action[0]));
      steps += 1;
      ${change}
      return { observation: Float32Array.of(place), reward: -Math.abs(place), terminated: false, truncated: false, info: {} };
    },
  };
  return timeLimit(line, 20);
};`,
  );
}

const options = ['train', '--env', 'line.mjs', '--steps', '1100', '--name', 'line'];

test('an environment of a box of actions is trained and saved', async () => {
  const folder = temporaryFolder();
  writeEnvironment(folder);
  const { code, stdout } = await runCli(folder, ...options);
  expect(code).toBe(0);
  expect(stdout).toContain(`Saved what was learned to ${join('runs', 'line')}`);
  const files = readdirSync(join(folder, 'runs/line'));
  expect(files).toEqual(
    expect.arrayContaining(['actor', 'critic-1', 'critic-2', 'agent.msgpack', 'episodes.jsonl']),
  );
  expect(readFileSync(join(folder, 'runs/line/episodes.jsonl'), 'utf8').trim().split('\n')).toHaveLength(55);
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
  expect(readdirSync(join(folder, 'runs/line'))).toEqual(expect.arrayContaining(['actor', 'agent.msgpack']));
}, 120_000);

test('discrete actions are trained too, from wherever they start', async () => {
  const folder = temporaryFolder();
  writeEnvironment(folder);
  const module = readFileSync(join(folder, 'line.mjs'), 'utf8')
    .replace('import { box,', 'import { box, discrete,')
    .replace('actionSpace: box({ low: -1, high: 1, length: 1 })', 'actionSpace: discrete(3, 5)')
    .replace('place + action[0]', 'place + action - 6');
  writeFileSync(join(folder, 'line.mjs'), module);
  const { code } = await runCli(folder, ...options);
  expect(code).toBe(0);
  expect(readFileSync(join(folder, 'runs/line/episodes.jsonl'), 'utf8').trim().split('\n')).toHaveLength(55);
});

describe('a recommender', () => {
  test('that brings no embeddings is trained by DRR', async () => {
    const folder = temporaryFolder();
    const shop = fileURLToPath(new URL('../../examples/dist/shop-visits.js', import.meta.url));
    const { code } = await runCli(folder, 'train', '--env', shop, '--steps', '150', '--name', 'shop');
    expect(code).toBe(0);
    const files = readdirSync(join(folder, 'runs/shop'));
    expect(files).toEqual(
      expect.arrayContaining(['state', 'actor', 'critic', 'agent.msgpack', 'metrics.jsonl']),
    );
  }, 120_000);
});

test.each([
  ['none.mjs', [], '--env: expected a module, but there is no file none.mjs'],
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
  expect(stderr).toBe(`error: ${message}\n`);
});
