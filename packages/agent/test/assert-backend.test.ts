import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { assertBackend } from '../src/index.js';

/** What a program prints that runs from here, without what this test has loaded. */
const printed = (code: string) =>
  execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });

test('without a backend it says what to install, and with one nothing', () => {
  expect(() => assertBackend()).not.toThrow();
  const tries = "try { assertBackend(); console.log('fine'); } catch (error) { console.log(error.message); }";
  const own = "import { assertBackend } from '@rl-recsys/agent';";
  expect(printed(`${own} ${tries}`)).toMatch(
    /^backend: expected one of TensorFlow\.js, got none: npm install /,
  );
  expect(printed(`import '@tensorflow/tfjs-backend-cpu'; ${own} ${tries}`)).toContain('fine');
});
