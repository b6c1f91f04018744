import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

/**
 * Makes one test of every `ts` block in a README: each is a whole program, run by Node from the
 * README's folder, so that its imports resolve to what the package ships.
 */
export function testReadmeExamples(readme: URL): void {
  const text = readFileSync(readme, 'utf8');
  const examples = Array.from(text.matchAll(/```ts\n(.*?)```/gs), (match) => match[1] ?? '');
  test('the README has an example', () => expect(examples.length).toBeGreaterThan(0));
  for (const [index, code] of examples.entries()) {
    test(`README example ${index + 1} runs`, () => {
      execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
        cwd: fileURLToPath(new URL('.', readme)),
        stdio: 'pipe',
      });
    }, 60_000);
  }
}
