import { existsSync } from 'node:fs';
import { describe, test } from '@jest/globals';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Describes tests that need Chromium, found at `RL_RECSYS_CHROMIUM` or where Debian puts it. Without it they are skipped
 * and say so; with `RL_RECSYS_REQUIRE_DATA` set that is a failure.
 */
export function whereChromiumIs(body: (executablePath: string) => void): void {
  const path = process.env['RL_RECSYS_CHROMIUM'] ?? places.find((place) => existsSync(place));
  if (path !== undefined) {
    describe('in Chromium', () => body(path));
  } else if (process.env['RL_RECSYS_REQUIRE_DATA'] !== undefined) {
    test('in Chromium', () => {
      throw new Error(
        'RL_RECSYS_REQUIRE_DATA is set, but no Chromium was found; name it in RL_RECSYS_CHROMIUM',
      );
    });
  } else {
    console.warn('SKIPPED: set RL_RECSYS_CHROMIUM to the path of Chromium to run these tests');
    test.skip('in Chromium (set RL_RECSYS_CHROMIUM)', () => {});
  }
}
