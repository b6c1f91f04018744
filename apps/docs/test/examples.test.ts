import { expect, test } from '@jest/globals';
import { compileStrictly } from '@rl-recsys/testing';
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
