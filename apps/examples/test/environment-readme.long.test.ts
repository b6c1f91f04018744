import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { examplesIn, runExample } from '@rl-recsys/testing';

// The README of `environment` ends by training on the environment that it built. That needs packages
// which stand above it, so it is run from here.
test('the environment that the README builds can be learned', () => {
  const readme = readFileSync(new URL('../../../packages/environment/README.md', import.meta.url), 'utf8');
  const example = examplesIn(readme).find(({ kind }) => kind === 'continued')!;
  const output = runExample(example, fileURLToPath(new URL('.', import.meta.url)));
  const [before, after] = output.trim().split('\n').slice(-2).map(Number);
  expect(before).toBeLessThan(7);
  expect(after).toBeGreaterThan(8);
}, 120_000);
