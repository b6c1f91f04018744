import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

// The README of `environment` ends by training on the environment that it built. That needs packages
// which stand above it, so it is run from here.
test('the environment that the README builds can be learned', () => {
  const readme = readFileSync(new URL('../../../packages/environment/README.md', import.meta.url), 'utf8');
  const blocks = Array.from(readme.matchAll(/```(?:ts|js)\n(.*?)```/gs), (match) => match[1]!);
  const code = blocks.slice(-2).join('\n');
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    encoding: 'utf8',
  });
  const [before, after] = output.trim().split('\n').slice(-2).map(Number);
  expect(before).toBeLessThan(7);
  expect(after).toBeGreaterThan(8);
}, 120_000);
