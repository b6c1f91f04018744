import { expect, test } from '@jest/globals';
import { runCli, tableIn, temporaryFolder } from './shop.js';

test('evaluate plays the same sessions again', async () => {
  const folder = temporaryFolder();
  const trained = await runCli(folder, 'train', '--steps', '2560');
  const evaluated = await runCli(folder, 'evaluate', '--run', 'runs/moving-taste-seed-1');
  expect(evaluated).toMatchObject({ code: 0 });
  expect(tableIn(trained.stdout).join()).toContain('session reward');
  expect(tableIn(evaluated.stdout)).toEqual(tableIn(trained.stdout));
}, 360_000);
