import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runCli } from './shop.js';

/** Tests that a command ends in one line with this message, and leaves the runs of a folder as they were. */
export function testBadInput(
  folder: string,
  bad: readonly (readonly [message: string, args: string[]])[],
): void {
  test.each(bad)(
    '%s',
    async (message, args) => {
      writeFileSync(join(folder, 'broken.csv'), 'customer;product;stars;day\nc-0;p-0;5;1\nc-0;p-1;x;2\n');
      const before = readdirSync(join(folder, 'runs'));
      const { code, stderr } = await runCli(folder, ...args);
      expect(code).toBeGreaterThan(0);
      expect(stderr).toContain(message);
      expect(stderr).toMatch(/^error: .*\n$/);
      expect(readdirSync(join(folder, 'runs'))).toEqual(before);
    },
    60_000,
  );
}
