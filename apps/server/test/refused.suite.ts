import { expect, test } from '@jest/globals';
import { run } from './run.js';

/** Serves the toy run, in a log of its own. */
export const serving = ['serve', '--run', 'runs/toy', '--no-auth', '--port', '0', '--feedback', 'refused'];

/** Tests that the command line ends in a sentence with this in it. */
export function testRefused(
  folder: () => string,
  refused: readonly (readonly [sentence: string, args: string[]])[],
): void {
  test.each(refused)('%s', async (sentence, args) => {
    const { code, stderr } = await run(folder(), ...args);
    expect(stderr).toContain(sentence);
    expect(stderr).toMatch(/^error: .*\n$/);
    expect(code).toBeGreaterThan(0);
  });
}
