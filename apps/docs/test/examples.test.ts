import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { compileStrictly, runExample } from '@rl-recsys/testing';
import { examplesOn, readmes, root, sitePages } from './pages.js';

test('every block of TypeScript of all READMEs and pages compiles in a strict file', () => {
  const examples = examplesOn([...readmes, ...sitePages]);
  expect(examples.length).toBeGreaterThan(70);
  expect(compileStrictly(examples).map((each) => each.replace(root, ''))).toEqual([]);
}, 120_000);

test('what does not compile is found, with its line', () => {
  const example = { kind: 'program' as const, code: 'let a = 1;\nlet b: string = a;\n', line: 7, before: 0 };
  const [fault, ...others] = compileStrictly([{ page: `${root}/README.md`, example }]);
  expect(others).toEqual([]);
  expect(fault).toMatch(/README\.md:8 Type 'number' is not assignable to type 'string'/);
}, 60_000);

test("the README's ten lines run on a file", () => {
  const folder = join(root, 'apps/docs/temp'); // where its packages are found
  mkdirSync(folder, { recursive: true });
  try {
    const rows = Array.from({ length: 900 }, (_, row) => {
      const [customer, product] = [row % 30, (row * 7 + Math.floor(row / 30)) % 40];
      return `${customer === 0 ? 'ann' : customer},p-${product},${1 + ((customer + product) % 5)},${row}`;
    });
    writeFileSync(join(folder, 'ratings.csv'), ['customer,product,stars,at', ...rows].join('\n'));
    const { example } = examplesOn([join(root, 'README.md')])[0]!;
    expect(example.code).toContain("readLog('ratings.csv'");
    const shorter = { ...example, code: example.code.replace('{ random:', '{ steps: 64, random:') };
    expect(shorter.code).not.toBe(example.code);
    expect(runExample(shorter, folder).match(/item: 'p-\d+'/g)).toHaveLength(10);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);
