import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from '@jest/globals';
import { flagOf } from '../src/options/option.js';
import { scenarios } from '../src/scenarios/index.js';
import { runCli, temporaryFolder } from './shop.js';

const folder = temporaryFolder();
let help: string;
beforeAll(async () => {
  help = (await runCli(folder, 'train', '--help')).stdout;
});

/** The text of the group of that heading. */
const group = (heading: string) => new RegExp(`^${heading}\\n((?:  .*\\n)+)`, 'm').exec(help)?.[1];

test('every option of every scenario and variant is there once', () => {
  const names = scenarios.flatMap(({ options, variants }) => [
    ...Object.keys(options),
    ...variants.flatMap((variant) => Object.keys(variant.options)),
  ]);
  const [groups] = help.split('Where ratings and users can come from');
  for (const name of new Set(names)) {
    expect(groups!.match(new RegExp(`^  ${flagOf(name)}\\b(?!-)`, 'gm'))).toHaveLength(1);
  }
});

test('options stand with what they go with', () => {
  expect(group('With --dataset csv:')).toContain('--ratings <file>');
  expect(group('With --dataset csv or --dataset events:')).toContain('--user-column');
  expect(group('With --variant paper:')).toContain('--embedding-size');
  expect(group('With --variant residual:')).toContain('--trainable-embeddings');
  expect(group('Any run:')).toContain('--seed');
});

test('defaults are told of each variant, and of scenarios that have others', () => {
  const text = help.replace(/\s+/g, ' ');
  expect(text).toContain(
    '(default: 10 for residual, 20 for residual with --dataset moving-taste, 10 for paper, 10 for gated)',
  );
  expect(text).toContain('1500 for paper, 64000 for paper with --env');
});

test('examples are in the form in which it was started', () => {
  expect(help).toContain('\n  npm run train\n');
  expect(help).toContain('\n  npm run train -- --dataset ml-100k\n');
});

test('--version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect((await runCli(folder, '--version')).stdout).toBe(`${version}\n`);
});

test('commands stand in groups, with an example of what one does first', async () => {
  const { stdout } = await runCli(folder, '--help');
  for (const [heading, command] of [
    ['Learn:', 'train'],
    ['Learn with several processes, or many trainings:', 'sweep'],
    ['Look at what was learned, and use it:', 'recommend'],
  ]) {
    expect(stdout).toMatch(new RegExp(`^${heading}\\n(  .*\\n)*  ${command} `, 'm'));
  }
  expect(stdout).toMatch(/^Examples:\n {2}.* train$/m);
});
