import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { scenarios } from '../src/scenarios/index.js';

const source = fileURLToPath(new URL('../src', import.meta.url));
const files = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));

test('a scenario is a folder with an index, and one name in the list', () => {
  const folders = readdirSync(join(source, 'scenarios'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(folders).toHaveLength(scenarios.length);
  const list = readFileSync(join(source, 'scenarios/index.ts'), 'utf8');
  for (const folder of folders) {
    expect(existsSync(join(source, 'scenarios', folder, 'index.ts'))).toBe(true);
    expect(list.split(`'./${folder}/index.js'`)).toHaveLength(2);
  }
});

test('no file asks a scenario for its name', () => {
  const names = scenarios.filter(({ kind }) => kind === 'log').flatMap((scenario) => scenario.names);
  const comparison = new RegExp(`([=!]== |case )['"\`](${names.join('|')})['"\`]`);
  expect("if (dataset === 'moving-taste')").toMatch(comparison);
  const asking = files.filter((file) => comparison.test(readFileSync(file, 'utf8')));
  expect(asking.map((file) => relative(source, file))).toEqual([]);
});
