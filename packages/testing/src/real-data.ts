import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from '@jest/globals';

/**
 * Describes tests that need a real dataset, found below the folder that `RL_RECSYS_DATA` names.
 * Without it they are skipped and say so; with `RL_RECSYS_REQUIRE_DATA` set that is a failure.
 */
export function whereDataIs(dataset: string, body: (folder: string) => void): void {
  const root = process.env['RL_RECSYS_DATA'];
  const folder = root === undefined ? undefined : join(root, dataset);
  if (folder !== undefined && existsSync(folder)) {
    describe(dataset, () => body(folder));
  } else if (process.env['RL_RECSYS_REQUIRE_DATA'] !== undefined) {
    test(dataset, () => {
      throw new Error(`RL_RECSYS_REQUIRE_DATA is set, but RL_RECSYS_DATA (${root}) has no folder ${dataset}`);
    });
  } else {
    console.warn(`SKIPPED: set RL_RECSYS_DATA to a folder that holds ${dataset} to run these tests`);
    test.skip(`${dataset} (set RL_RECSYS_DATA)`, () => {});
  }
}
